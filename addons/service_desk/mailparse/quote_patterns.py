"""How mail programs announce quoted history, forwarded messages and signatures.

Every expression here runs on one line or on a few joined lines of bounded length.
"""

import re

LONGEST_LINE = 1_000
LONGEST_ATTRIBUTION = 600

QUOTED = re.compile(r"[ \t]{0,20}(?:>|\|[ \t]|\|$)")
RULE = re.compile(r"[ \t>*]{0,20}[_\-=—–]{5,}[ \t]*$")

VERBS = (
    r"wrote|writes|schrieb|geschrieben|a écrit|пишет|писал(?:а|\(а\))?|написал(?:а|\(а\)|и)?|сообщает|"
    r"пише|написав|написала|escribió|escreveu|ha scritto|napisał(?:\(a\)|a)?|skrev|schreef|kirjoitti|"
    r"yazdı|napsal(?:\(a\)|a)?|写道|寫道|wrote on"
)
VERB = re.compile(rf"(?:^|[\s>,*)\"”»，])(?:{VERBS})(?:[\s:：*]|$)", re.IGNORECASE)
VERB_END = re.compile(rf"(?:{VERBS})\s{{0,3}}[:：]?[\s*]{{0,5}}$", re.IGNORECASE)
DATE = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\b\d{1,2}:\d{2}\b|\b(?:19|20)\d\d\b"
    r"|\d{4}年"
)
EMAIL = re.compile(r"[^\s<>@]{1,100}@[^\s<>@]{1,100}")
OLD_GMAIL = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?: \d{1,2}:\d{2} GMT[+-]\d{1,2}:\d{2} \S.{0,150}|.{0,150}<[^<>\s]+@[^<>\s]+>:?)$"
)

ORIGINAL = re.compile(
    r"[\s>*_]{0,20}(?:-{2,60}|_{3,60}|={3,60})\s{0,5}(?:"
    r"original message|original appointment|reply message|reply to message|исходное сообщение|"
    r"оригинальное сообщение|первоначальное сообщение|ответ на сообщение|прошлое сообщение|"
    r"вихідне повідомлення|оригінальне повідомлення|ursprüngliche nachricht|originalnachricht|"
    r"message d'origine|mensaje original|mensagem original|messaggio originale|"
    r"oorspronkelijk bericht|ursprungligt meddelande|oprindelig meddelelse)\s{0,5}[-_=*]{0,40}\s*$",
    re.IGNORECASE,
)
FORWARD = re.compile(
    r"[\s>*_]{0,20}(?:-{2,60}|_{3,60}|={3,60})\s{0,5}(?:"
    r"forwarded message|forwarded by\b.{0,80}|пересылаемое сообщение|пересланное сообщение|"
    r"переадресованное сообщение|перенаправленное сообщение|переслано\b.{0,80}|"
    r"перенаправлене повідомлення|пересилане повідомлення|переслане повідомлення|"
    r"weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|"
    r"mensagem encaminhada|doorgestuurd bericht|vidarebefordrat meddelande)\s{0,5}[-_=*]{0,40}\s*$"
    r"|[\s>*]{0,20}(?:begin forwarded message|начало переадресованного сообщения|"
    r"начало пересылаемого сообщения|anfang der weitergeleiteten nachricht|"
    r"début du message réexpédié|початок переадресованого повідомлення)\s{0,3}:\s*$",
    re.IGNORECASE,
)
EITHER_END = re.compile(
    r"[\s>*]{0,20}-{2,}\s{0,5}(?:конец пере\w{5,20} сообщения|end (?:of )?forwarded message)",
    re.IGNORECASE,
)

LABELS = {
    "from": "from|от кого|от|отправитель|від|von|de|da|från|van|fra|expéditeur|发件人|寄件者",
    "date": (
        "sent|date|отправлено|дата|послано|время создания|надіслано|gesendet|datum|envoyé|enviado|"
        "enviada em|enviado el|data|inviato|skickat|verzonden|dato|sendt|fecha|发送时间|日期"
    ),
    "to": "to|кому|an|à|para|a|till|til|aan|получатель|получатели|收件人|pour",
    "cc": "cc|копия|kopie|копія|скрытая копия|bcc|抄送",
    "subject": (
        "subject|тема|betreff|objet|asunto|assunto|oggetto|ämne|emne|onderwerp|主题|主旨|risposta"
    ),
    "reply": "reply-to|ответить|antwort an|importance|важность",
}
LABEL = re.compile(
    r"[ \t>*]{{0,20}}(?:{})\s{{0,3}}\*{{0,2}}[:：]\*{{0,2}}(?:[ \t]|$)".format(
        "|".join("(?P<{}>{})".format(*item) for item in LABELS.items())
    ),
    re.IGNORECASE,
)

SIGNATURE_MARK = re.compile(r"\s{0,3}(?:--|—|–|__|\*{3})\s*$")
DELIMITER = re.compile(r"\s{0,20}(?:[-_=#~+*]{2,}|ᐧ|—)\s*$")
SENT_FROM = re.compile(
    r"[\s<(\[*]{0,10}(?:"
    r"sent (?:from|via|with|by|using) .{0,120}|get \[?outlook for .{0,100}|from my iphone.{0,20}|"
    r"отправлено (?:с|со|из|через|мо[ей]+) .{0,120}|послано (?:с|из) .{0,100}|отправлено iphone|"
    r"написано (?:с|из) .{0,60}|надіслано (?:з|із|від) .{0,80}|скачать outlook для .{0,60}|"
    r"загрузить outlook для .{0,60}|получить outlook для .{0,60}|"
    r"von meine[mr] .{0,40}gesendet|gesendet (?:von|mit|aus) .{0,80}|diese nachricht wurde von meinem .{0,80}|"
    r"envoyé (?:de|depuis|à partir) .{0,80}|enviado (?:desde|do) .{0,80}|inviato da .{0,80}|"
    r"verzonden (?:met|vanaf|via) .{0,80}|sendt fra .{0,80}|skickat från .{0,80}|"
    r"someone from mobile|從我的 .{0,40}|发自我的.{0,40}|从我的.{0,40}"
    r")$",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"\s{0,5}(?:с (?:наилучшими |глубоким |большим |искренним |огромным )?(?:уважением|почтением|пожеланиями)|"
    r"с наилучшими пожеланиями|всего (?:доброго|хорошего|наилучшего)|с ув\.|хорошего дня|"
    r"з повагою|best regards|kind regards|regards|warm regards|with best regards|best wishes|"
    r"sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|"
    r"mit freundlichen grüßen|freundliche grüße|viele grüße|mfg|cordialement|saludos(?: cordiales)?)"
    r"\s{0,3}[,!.;]?(?P<tail>.{0,80})$",
    re.IGNORECASE,
)
DISCLAIMER = re.compile(
    r"\s{0,5}(?:данное (?:электронное )?(?:сообщение|письмо) .{0,80}(?:конфиденц|предназначен)|"
    r"это (?:электронное )?(?:сообщение|письмо) .{0,60}(?:конфиденц|предназначен)|"
    r"настоящее (?:электронное )?(?:сообщение|письмо) .{0,80}(?:конфиденц|предназначен)|"
    r"this (?:e-?mail|message|communication) .{0,80}(?:confidential|privileged|intended)|"
    r"confidentiality notice|disclaimer\s{0,2}:|"
    r"это сообщение (?:свободно от вирусов|проверено)|"
    r"(?:this email has been checked|virus-free)\b)",
    re.IGNORECASE,
)
