"""Words by which machines give themselves away, in English and Russian foremost."""

import re

DAEMON = re.compile(
    r"(?:mailer[-_.]?daemon|mail[-_.]?deliver(?:y|er)?(?:[-_.]?(?:subsystem|system))?|mdaemon|"
    r"bounces?(?:[-+=].{0,200})?)$"
)
POSTMASTER = re.compile(
    r"(?:post[_.]?master|mailmaster|microsoftexchange[0-9a-f]{5,40}|system_administrator)$"
)
NO_REPLY = re.compile(
    r"(?:no|do[-_.]?not|dont|не)[-_.]?(?:reply|answer|respond|otvechat|ответ\w*)[-_.+\w]{0,60}$"
)

BOUNCE_SUBJECT = re.compile(
    r"\bundeliver(?:able|ed|y)\b|\bnon[- ]?remis\b|\bdelivery (?:status notification|failure|failed|has failed|"
    r"problem|report|error|notification|status|warning)|\bdelivery reports? about your|"
    r"(?:mail|message|e-?mail)s? (?:delivery|could not be|system error|not delivered|failure|failed)|"
    r"failure notice|failed delivery|delivery delayed|returned (?:mail|to sender|e-?mail)|"
    r"could ?n[o']t (?:be )?(?:deliver|send)|warning.{0,30}(?:delayed|could not)|\bnondeliverable\b|"
    r"unzustellbar|nicht zustellbar|zustellbenachrichtigung|bermittlungsstatus|rebote|échec de|"
    r"не ?(?:было |может быть |удалось |удаётся |удается )?достав(?:лен|ить|к)|недоставленное|"
    r"недоставлено|невозможно доставить|ошибка доставки|сбой доставки|возвращен[оа]? отправител|"
    r"отч[её]т о (?:не)?доставке|уведомление о (?:состоянии )?(?:не)?доставк|задержк\w{1,3} доставки|"
    r"сообщение не отправлено|не вдалося доставити|mail\.? failure|message you sent blocked|"
    r"rejected (?:mail|posting)|mail delivery",
    re.IGNORECASE,
)
BOUNCE_BODY = re.compile(
    r"this is the qmail-send program|i'm afraid i wasn't able to deliver|"
    r"this message was created automatically by mail delivery software|"
    r"could not be delivered to|could not deliver (?:your|the following) |your message (?:did not reach|cannot be|"
    r"could ?n[o']t be delivered|was not delivered|wasn't delivered|has been (?:delayed|rejected))|"
    r"delivery to the following recipients? (?:failed|has been)|"
    r"the following (?:address(?:es)?|recipients?|message) .{0,60}(?:fail|undeliver|could not|problem|error)|"
    r"had (?:permanent|transient|non-fatal|delivery|fatal) .{0,20}(?:errors|problems)|"
    r"undeliverable|delivery (?:has )?failed|delivery (?:failure|error|attempt)|permanent (?:fatal )?error|"
    r"could not be delivered|unable to deliver|mailbox (?:is )?(?:full|unavailable|disabled)|user unknown|"
    r"unknown (?:local )?user|no such user|recipient (?:address )?rejected|address rejected|"
    r"over (?:the )?quota|quota exceeded|transcript of session|returned to sender|"
    r"не (?:было |может быть |удалось )?доставлено|не удалось доставить|не может быть доставлено|"
    r"невозможно доставить|адресат\w{0,3} не (?:найден|существует)|пользователь не найден|"
    r"почтовый ящик (?:переполнен|не существует|заблокирован|недоступен)|"
    r"сообщение было автоматически создано сервером|не вдалося доставити|ошибка:? error|"
    r"\b5\d\d[ -]#?5\.\d{1,3}\.\d{1,3}\b|\berror: .{0,80}(?:message|recipient|address)",
    re.IGNORECASE,
)
COPY_BELOW = re.compile(
    r"below this line is a copy|this is a copy of (?:the|your) message|original message (?:follows|headers|attached|below)|"
    r"original headers follow|-{2,}.{0,20}(?:unsent|returned|original|undelivered) (?:message|mail)|message (?:text|header|contents) follows|"
    r"(?:the )?(?:body|text|header) of (?:the|your) message|headers of the (?:original )?message|"
    r"заголовк\w{1,3} (?:исходного )?(?:сообщения|письма)|исходное сообщение|копия (?:вашего )?(?:сообщения|письма)|"
    r"\A(?:received|return-path|message-id)\s?:",
    re.IGNORECASE,
)
TEMPORARY = re.compile(
    r"\bdelay|will (?:keep|continue|be retried|retry|try)|still trying|not yet been delivered|do not need to|"
    r"past \d[\d.]{0,5} hours|deferred|temporar|задерж|повторн\w{1,4} попытк|временн",
    re.IGNORECASE,
)
PERMANENT = re.compile(
    r"permanent|given up|giving up|will not be retried|no further attempts|\b5\d\d\b|\b5\.\d{1,3}\.\d{1,3}\b|"
    r"user unknown|unknown user|no such user|does not exist|не существует|не найден|failed|failure|returned mail",
    re.IGNORECASE,
)

OUT_OF_OFFICE = re.compile(
    r"out of (?:the )?office|\bo\.?o\.?o\b[:\s]|away from (?:the |my )?office|on (?:vacation|leave|holiday)\b|"
    r"\bvacation (?:reply|message|notice|response)|annual leave|maternity leave|"
    r"в отпуске|нахожусь в отпуск|ухожу в отпуск|вне офиса|отсутству[юе]|на больничном|"
    r"в командировке|декретн\w{1,3} отпуск|у відпустці|abwesen(?:d|heit)|abwesenheits|absence du bureau|"
    r"fuera de (?:la )?oficina|nicht im (?:büro|haus)",
    re.IGNORECASE,
)
AUTO_SUBJECT = re.compile(
    r"^\W{0,5}(?:auto(?:matic)?(?:ally)?[ -]?(?:re(?:ply|sponse)|respon[sd]\w{0,6}|answer|generated)|"
    r"autoreply|autoresponder|automated (?:reply|response)|vacation reply|"
    r"автоответ\w{0,6}|автоматическ\w{2,3} (?:ответ|уведомление|сообщение)|авто-?ответ|"
    r"автоматична відповідь|автовідповідь|automatische antwort|automatisch(?:e[rs]?)? |"
    r"réponse automatique|respuesta automática|risposta automatica|resposta automática|"
    r"automatisch antwoord|autosvar|automatiskt svar)",
    re.IGNORECASE,
)
AWAY_SUBJECT = re.compile(
    r"(?:out of (?:the )?office|вне офиса|abwesen\w{0,12}|ooo\b)", re.IGNORECASE
)
#: What follows when the words before are the whole subject or a title in front of the real one.
TITLE_END = re.compile(
    r"\w{0,3}\s{0,3}(?:$|[:;.!)\]}>/|]|[-–—]\s|(?:re|from|от)\b|(?:to your|на (?:ваш|письмо|запрос|обращение)))",
    re.IGNORECASE,
)
AUTO_BODY = re.compile(
    r"\A.{0,300}(?:this is an auto(?:matic|mated|-?generated)|это (?:сообщение|письмо) (?:сформировано|создано|отправлено) "
    r"автоматически|(?:это )?автоматическ(?:ий ответ|ое сообщение|ое письмо)|please do not reply to this (?:e-?mail|message)|"
    r"не отвечайте на это (?:письмо|сообщение))",
    re.IGNORECASE | re.DOTALL,
)
AWAY_BODY = re.compile(
    r"\A.{0,300}(?:i am (?:currently )?(?:out of|away|on (?:vacation|leave|holiday))|i'm (?:currently )?(?:out of|away|on (?:vacation|leave))|"
    r"i will be (?:out of|away|on (?:vacation|leave))|"
    r"(?:я |сейчас |в настоящее время |с \d.{0,40})(?:нахожусь |буду |отсутству\w{1,4} )?(?:в отпуске|на больничном|в командировке|вне офиса|отсутству\w{1,4})|"
    r"нахожусь в (?:\w{1,20} )?отпуске|буду (?:отсутствовать|в отпуске))",
    re.IGNORECASE | re.DOTALL,
)
BACK_AT = re.compile(
    r"(?:return|back|until|with limited access|limited access|urgent|contact|вернусь|выйду|выхожу|возвращ|до \d|по \d|"
    r"по срочным|срочн\w{1,3} вопрос|замеща|обращ)",
    re.IGNORECASE,
)
RECEIPT_SUBJECT = re.compile(
    r"^\W{0,5}(?:read|прочитано|прочтено|прочитанное|gelesen|lu|leído|letto|читано|"
    r"not read|не прочитано|return receipt(?: \(displayed\))?|уведомление о прочтении|read receipt|disposition notification)\b\s?[:\-–]?",
    re.IGNORECASE,
)
RECEIPT_BODY = re.compile(
    r"was (?:read|displayed|opened|deleted without being read) (?:on|by|at)|this is a (?:return )?receipt|"
    r"was (?:read|displayed)|"
    r"было прочитано|прочитано \d|прочтено|было открыто|уведомление о прочтении|"
    r"wurde (?:gelesen|angezeigt)|has been (?:read|displayed)",
    re.IGNORECASE,
)
