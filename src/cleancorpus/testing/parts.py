"""Lines of articles, written for tests: by language, each with the label of what it is.

The labels are those of labelled lines (`cleancorpus.evaluate`); `consent` and `legal` are two
places of the label "legal": the notice above the article and the footer under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ENGLISH: Final = {
    "title": ("Old lighthouse gets a new lamp", "Ferry returns after nine days of storms"),
    "content": (
        (
            "The lamp at the north pier was lit again on Monday, eleven weeks after a storm had "
            "broken the glass and left the fishing boats without a light to steer by."
        ),
        (
            "Two engineers carried the new lens up the stairs in four pieces, because the crane "
            "could not be moved close enough to the tower in the wind."
        ),
        (
            "“We counted every step,” said the older of the two, who has worked on the coast for "
            "thirty years and had never seen the lantern room without its lamp."
        ),
        "The repair cost less than feared, and the harbour office will pay it over three years.",
        "Visitors may climb the tower again from the first of May.",
    ),
    "byline": ("By Anna Marsh", "Published: March 4, 2024", "5 min read"),
    "caption": ("Photo: The lighthouse seen from the pier",),
    "nav": ("Home", "News", "Sport", "About us", "Contact", "Sitemap"),
    "share": ("Share on Facebook", "Follow us on Twitter", "Subscribe to our newsletter"),
    "consent": ("We use cookies to improve your experience.", "Accept all"),
    "related": (
        "Related articles",
        "Harbour to Grow by Two Piers",
        "Why the Swifts Came Late This Year",
        "Three Ways to Dry Onions",
    ),
    "comment": ("2 comments", "Leave a reply"),
    "ad": ("Advertisement",),
    "ui": ("Loading...",),
    "legal": ("© 2024 Harbour Post. All rights reserved.", "Privacy policy", "Terms of use"),
}

_GERMAN: Final = {
    "title": ("Alter Leuchtturm bekommt neue Lampe",),
    "content": (
        (
            "Die Lampe an der Nordmole brennt seit Montag wieder, elf Wochen nachdem ein Sturm "
            "das Glas zerschlagen und die Fischer ohne Licht zurückgelassen hatte."
        ),
        (
            "Zwei Mechaniker trugen die neue Linse in vier Teilen die Treppe hinauf, weil der "
            "Kran bei dem Wind nicht nahe genug an den Turm heranfahren konnte."
        ),
        "Die Reparatur kostete weniger als befürchtet, und das Hafenamt zahlt in drei Jahren.",
        "Besucher dürfen den Turm ab dem ersten Mai wieder besteigen.",
    ),
    "byline": ("Von Anna Marsch", "Veröffentlicht am 4. März 2024"),
    "caption": ("Foto: Der Leuchtturm von der Mole aus",),
    "nav": ("Startseite", "Über uns", "Kontakt", "Impressum"),
    "share": ("Auf Facebook teilen", "Newsletter abonnieren"),
    "consent": ("Wir verwenden Cookies, um unsere Seite zu verbessern.", "Alle akzeptieren"),
    "related": ("Das könnte Sie auch interessieren", "Hafen wächst um zwei Molen"),
    "comment": ("3 Kommentare", "Schreibe einen Kommentar"),
    "ad": ("Anzeige",),
    "ui": ("Wird geladen...",),
    "legal": ("© 2024 Hafenpost. Alle Rechte vorbehalten.", "Datenschutzerklärung"),
}

_FRENCH: Final = {
    "title": ("Le vieux phare retrouve sa lampe",),
    "content": (
        (
            "La lampe de la jetée nord brille de nouveau depuis lundi, onze semaines après "
            "qu'une tempête avait brisé le verre et laissé les pêcheurs sans lumière."
        ),
        (
            "Deux ouvriers ont monté la nouvelle lentille en quatre morceaux, parce que la grue "
            "ne pouvait pas s'approcher assez de la tour à cause du vent."
        ),
        "La réparation a coûté moins cher que prévu, et le port la paiera en trois ans.",
    ),
    "byline": ("Par Anne Marais", "Publié le 4 mars 2024"),
    "caption": ("Photo : Le phare vu de la jetée",),
    "nav": ("Accueil", "À propos", "Contact", "Plan du site"),
    "share": ("Partager sur Facebook", "S'inscrire à la newsletter"),
    "consent": ("Nous utilisons des cookies pour améliorer votre expérience.", "Tout accepter"),
    "related": ("À lire aussi", "Le port gagnera deux jetées"),
    "comment": ("2 commentaires", "Laisser un commentaire"),
    "ad": ("Publicité",),
    "ui": ("Chargement...",),
    "legal": ("© 2024 Le Courrier du port. Tous droits réservés.", "Mentions légales"),
}

_SPANISH: Final = {
    "title": ("El viejo faro estrena lámpara",),
    "content": (
        (
            "La lámpara del muelle norte volvió a encenderse el lunes, once semanas después de "
            "que una tormenta rompiera el cristal y dejara a los barcos sin luz."
        ),
        (
            "Dos mecánicos subieron la nueva lente en cuatro piezas, porque la grúa no podía "
            "acercarse lo bastante a la torre con aquel viento."
        ),
        "El arreglo costó menos de lo que se temía, y el puerto lo pagará en tres años.",
    ),
    "byline": ("Por Ana Marín", "Publicado el 4 de marzo de 2024"),
    "caption": ("Foto: El faro visto desde el muelle",),
    "nav": ("Inicio", "Quiénes somos", "Contacto", "Mapa del sitio"),
    "share": ("Compartir en Facebook", "Suscríbete a nuestro boletín"),
    "consent": ("Utilizamos cookies para mejorar su experiencia.", "Aceptar todo"),
    "related": ("Artículos relacionados", "El puerto tendrá dos muelles más"),
    "comment": ("2 comentarios", "Deja un comentario"),
    "ad": ("Publicidad",),
    "ui": ("Cargando...",),
    "legal": ("© 2024 El Correo del puerto. Todos los derechos reservados.", "Aviso legal"),
}

_RUSSIAN: Final = {
    "title": ("Старый маяк получил новую лампу",),
    "content": (
        (
            "Лампа на северном молу снова горит с понедельника, через одиннадцать недель после "
            "того, как буря разбила стекло и оставила рыбаков без света."
        ),
        (
            "Два мастера подняли новую линзу по лестнице в четырёх частях, потому что кран не "
            "мог подойти близко к башне из-за сильного ветра."
        ),
        "Ремонт обошёлся дешевле, чем ожидали, и порт выплатит его за три года.",
    ),
    "byline": ("Автор: Анна Маркова", "Опубликовано 4 марта 2024"),
    "caption": ("Фото: Маяк со стороны мола",),
    "nav": ("Главная", "О нас", "Контакты", "Карта сайта"),
    "share": ("Поделиться в Facebook", "Подписаться на рассылку"),
    "consent": ("Мы используем файлы cookie для улучшения сайта.", "Принять все"),
    "related": ("Читайте также", "Порт построит ещё два мола"),
    "comment": ("2 комментария", "Оставить комментарий"),
    "ad": ("Реклама",),
    "ui": ("Загрузка...",),
    "legal": ("© 2024 Портовый вестник. Все права защищены.", "Политика конфиденциальности"),
}

_ARABIC: Final = {
    "title": ("المنارة القديمة تحصل على مصباح جديد",),
    "content": (
        (
            "أضاء مصباح الرصيف الشمالي من جديد يوم الاثنين، بعد أحد عشر أسبوعا من عاصفة حطمت "
            "الزجاج وتركت قوارب الصيد بلا ضوء تهتدي به."
        ),
        (
            "حمل مهندسان العدسة الجديدة على الدرج في أربع قطع، لأن الرافعة لم تستطع الاقتراب من "
            "البرج بسبب الرياح القوية."
        ),
    ),
    "byline": ("تاريخ النشر: 4 مارس 2024",),
    "caption": ("صورة: المنارة من الرصيف",),
    "nav": ("الرئيسية", "من نحن", "اتصل بنا"),
    "share": ("شارك على فيسبوك", "تابعنا على تويتر"),
    "consent": ("نستخدم ملفات تعريف الارتباط لتحسين تجربتك.",),
    "related": ("مواضيع ذات صلة", "الميناء يبني رصيفين جديدين"),
    "comment": ("اترك تعليقا",),
    "ad": ("إعلان",),
    "ui": ("جاري التحميل",),
    "legal": ("© 2024 بريد الميناء. جميع الحقوق محفوظة.", "سياسة الخصوصية"),
}

_HINDI: Final = {
    "title": ("पुराने प्रकाशस्तंभ को नया दीपक मिला",),
    "content": (
        (
            "उत्तरी घाट का दीपक सोमवार को फिर से जल उठा, ग्यारह सप्ताह पहले एक तूफ़ान ने उसका "
            "काँच तोड़ दिया था और मछुआरों की नावें बिना रोशनी के रह गई थीं।"
        ),
        (
            "दो कारीगर नया लेंस चार टुकड़ों में सीढ़ियों से ऊपर ले गए, क्योंकि तेज़ हवा में "
            "क्रेन मीनार के पास नहीं आ सकती थी।"
        ),
    ),
    "byline": ("प्रकाशित: 4 मार्च 2024",),
    "caption": ("फोटो: घाट से दिखता प्रकाशस्तंभ",),
    "nav": ("होम", "हमारे बारे में", "संपर्क करें"),
    "share": ("फेसबुक पर शेयर करें",),
    "consent": ("हम आपके अनुभव को बेहतर बनाने के लिए कुकीज़ का उपयोग करते हैं।",),
    "related": ("यह भी पढ़ें", "बंदरगाह पर दो नए घाट बनेंगे"),
    "comment": ("टिप्पणी करें",),
    "ad": ("विज्ञापन",),
    "ui": ("लोड हो रहा है",),
    "legal": ("© 2024 बंदरगाह समाचार। सर्वाधिकार सुरक्षित।", "गोपनीयता नीति"),
}

_CHINESE: Final = {
    "title": ("老灯塔换上了新灯",),
    "content": (
        (
            "北码头的灯星期一重新亮了起来，十一个星期以前一场暴风雨打碎了玻璃，渔船在夜里失去了方"
            "向，只能依靠港务局借来的两盏探照灯。"
        ),
        (
            "两位工程师把新的透镜拆成四块，沿着楼梯一级一级地抬上去，因为风太大，吊车没有办法靠近"
            "塔身。"
        ),
    ),
    "byline": ("发布时间：2024年3月4日", "作者：马安娜"),
    "caption": ("图片来源：港务局",),
    "nav": ("首页", "关于我们", "联系我们", "网站地图"),
    "share": ("分享到微信", "扫一扫关注我们"),
    "consent": ("本网站使用Cookie来改善您的体验。",),
    "related": ("相关阅读", "港口将再建两座码头"),
    "comment": ("发表评论",),
    "ad": ("广告",),
    "ui": ("加载中...",),
    "legal": ("© 2024 港口日报 版权所有", "隐私政策"),
}

_JAPANESE: Final = {
    "title": ("古い灯台に新しい灯がともる",),
    "content": (
        (
            "北の突堤の灯が月曜日に再びともった。嵐でガラスが割れ、漁船が目印を失ってから十一週間"
            "がたっていた。"
        ),
        (
            "二人の技師は新しいレンズを四つに分けて階段を運び上げた。風が強く、クレーンが塔に近づ"
            "けなかったからである。"
        ),
    ),
    "byline": ("公開日：2024年3月4日",),
    "caption": ("写真：突堤から見た灯台",),
    "nav": ("ホーム", "会社概要", "お問い合わせ", "サイトマップ"),
    "share": ("Facebookでシェア", "フォローする"),
    "consent": ("当サイトではCookieを使用しています。",),
    "related": ("関連記事", "港に二つの突堤ができる"),
    "comment": ("コメントを残す",),
    "ad": ("広告",),
    "ui": ("読み込み中...",),
    "legal": ("© 2024 港新聞 無断転載を禁じます", "プライバシーポリシー"),
}

_KOREAN: Final = {
    "title": ("오래된 등대에 새 등이 켜지다",),
    "content": (
        (
            "북쪽 부두의 등이 월요일에 다시 켜졌다. 폭풍이 유리를 깨뜨려 어선들이 불빛을 잃은 지 "
            "열한 주 만의 일이라고 항만 사무소는 밝혔다."
        ),
        (
            "두 기술자는 새 렌즈를 네 조각으로 나누어 계단으로 옮겼는데, 바람이 거세어 기중기가 "
            "탑 가까이 갈 수 없었다."
        ),
    ),
    "byline": ("입력 2024년 3월 4일",),
    "caption": ("사진: 부두에서 본 등대",),
    "nav": ("홈", "회사소개", "문의하기"),
    "share": ("페이스북 공유하기",),
    "consent": ("이 웹사이트는 쿠키를 사용합니다.",),
    "related": ("관련기사", "항구에 부두 두 곳이 더 생긴다"),
    "comment": ("댓글 쓰기",),
    "ad": ("광고",),
    "ui": ("로딩 중...",),
    "legal": ("© 2024 항구일보. 무단 전재 및 재배포 금지", "개인정보처리방침"),
}

PARTS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "ru": _RUSSIAN,
    "ar": _ARABIC,
    "hi": _HINDI,
    "zh": _CHINESE,
    "ja": _JAPANESE,
    "ko": _KOREAN,
}
