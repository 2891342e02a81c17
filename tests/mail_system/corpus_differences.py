"""Where the desk does something else than another project's test demands, each with the reason."""

_PROSE = "the expectation describes the text, it does not quote it"
_HTML = "the alternative with HTML is shown, the other one says something else on purpose"
_TITLE = "the title of the HTML page is no text of the message"
_OTHER_NAME = "the expectation is a name that the other project has made up"

DIFFERENCES: dict = {
    "bounces": {
        "sisimai/bsd__lhost-sendmail-14.eml": "a person has forwarded a bounce: he asks something",
        "sisimai/err__make-test-36.eml": "a person has forwarded a bounce: he asks something",
    },
    "subjects": {
        "webklex/imap_mime_header_decode_returns_false.eml": "a broken encoded word is shown decoded as far as it goes",
        "zammad/mail018.box": "the UTF-7 word is decoded, so it can be read",
    },
    "senders": {
        "zammad/mail016.box": "there is no From; an address in Reply-To proves nobody, it is held",
        "zammad/mail019.box": "From is empty; an address in Reply-To proves nobody",
        "zammad/mail044.box": "the dot behind the domain is no part of the address",
        "zammad/mail053.box": "MAILER-DAEMON is no address",
        "zammad/mail076.box": "From has no address that could be answered",
        "zammad/mail087.box": "the address is taken out of the text in From",
    },
    "bodies": {
        "django-helpdesk/forwarded-message.eml": _PROSE,
        "glpi/26-illegal-char-in-body.eml": "the control character is left out",
        "reply-bodies-discourse/embedded_email_16.txt": "addresses in angle brackets are shown too",
        "talon/standard_replies__sparrow.eml": "the target of a link is no text",
        "webklex/embedded_email_without_content_disposition.eml": "the cid of a picture is no text",
        "webklex/multiple_html_parts_and_attachments.eml": "the other project keeps line ends as text",
        "webklex/simple_multipart.eml": _HTML,
        "zammad/mail016.box": _TITLE,
        "zammad/mail018.box": "UTF-7 is decoded, so it can be read",
        "zammad/mail019.box": _TITLE,
        "zammad/mail025.box": "the uuencoded file is an attachment, not text",
        "zammad/mail026.box": _TITLE,
        "zammad/mail048.box": "what the list shows is the new text, without the signature",
        "zammad/mail066.box": _TITLE,
        "webklex/unknown_encoding.eml": _HTML,
        "webklex/without_charset_simple_multipart.eml": _HTML,
    },
    "replies": {
        "reply-bodies-discourse/embedded_email_16.txt": "the quote above the answer is folded too",
        "reply-bodies-discourse/embedded_email_swedish.txt": "the signature above the history is folded too",
        "reply-bodies-discourse/forwarded_apple.txt": "a forwarded message is what the sender wants to show",
        "reply-bodies-discourse/forwarded_message.txt": "a forwarded message is what the sender wants to show",
        "reply-bodies-discourse/quote_and_text.txt": "the quote above the answer is folded too",
    },
    "attachments": {
        "glpi/01-inline-images.eml": _OTHER_NAME,
        "glpi/19-attachement-rfc5987-multiline.eml": "the letters of the name are kept",
        "glpi/20-attachement-rfc5987-singleline.eml": "the letters of the name are kept",
        "glpi/24.1-attachement-multibyte-name-with-continuation.eml": "the expectation describes the name",
        "webklex/issue-414.eml": "folders and protocols in a name are left out",
        "webklex/embedded_email_without_content_disposition.eml": _OTHER_NAME,
        "freescout/message-2.eml": "the expectation is a name and a size",
        "tnef/christmas.eml": "attached objects are named by what is in them",
        "zammad/mail073.box": "the letter that the other project loses is kept",
        "zammad/mail102.box": "two files of one name are told apart by a number",
        "zammad/mail069.box": "an attached message is named by its subject",
        "zammad/mail080.box": _OTHER_NAME,
        "zammad/mail087.box": _OTHER_NAME,
        "zammad/mail100.box": _OTHER_NAME,
    },
}
