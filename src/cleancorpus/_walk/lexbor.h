/* What is read of the tree that lexbor built: the first members of its structures, in order.

   Nothing of lexbor is included or linked, because the parser is inside selectolax, which
   exports none of it. Only what stands here is relied upon, and a self-check compares it with
   what selectolax says of a small page before the first walk (see selfcheck.py). */

#ifndef CLEANCORPUS_LEXBOR_H
#define CLEANCORPUS_LEXBOR_H

#include <stddef.h>
#include <stdint.h>

typedef struct Node Node;
typedef struct Attribute Attribute;

typedef struct {
    const unsigned char *data;
    size_t length;
} Span;

enum { ELEMENT_NODE = 1, TEXT_NODE = 3 };

struct Node {
    void *events;
    uintptr_t local_name; /* a small number, or the address of a Name */
    uintptr_t prefix;
    uintptr_t namespace_number;
    void *document;
    const Node *next;
    const Node *previous;
    const Node *parent;
    const Node *first_child;
    const Node *last_child;
    void *user;
    int type;
};

typedef struct {
    Node node;
    Span text;
} CharacterData;

typedef struct {
    Node node;
    uintptr_t upper_name;
    uintptr_t qualified_name; /* as local_name, or 0 where it is the same */
    const Span *is_value;
    const Attribute *first_attribute;
    const Attribute *last_attribute;
} Element;

struct Attribute {
    Node node;
    uintptr_t upper_name;
    uintptr_t qualified_name;
    const Span *value;
    const Element *owner;
    const Attribute *next;
    const Attribute *previous;
};

enum { SHORT_NAME = 16 };

/* A name that lexbor has no number for: an entry of the document's table of names. */
typedef struct {
    union {
        const unsigned char *far;
        unsigned char near[SHORT_NAME + 1];
    } bytes;
    size_t length;
} Name;

/* Numbers of names that lexbor knows are smaller, addresses of names are larger. */
#define FIRST_ADDRESS ((uintptr_t)4096)

static inline Span name_at(uintptr_t address)
{
    const Name *name = (const Name *)address;
    Span span = {name->length > SHORT_NAME ? name->bytes.far : name->bytes.near, name->length};
    return span;
}

#endif
