"""Where a message yields something else than its index says, with the reason."""

STORED_NAME = (
    "the index has the name under which that project stores the file, the message has this one"
)
REPORT_PART = "delivery status and returned headers are read for the bounce, not kept as files"
NO_TEXT = "that project writes 'no visible content'; here the text stays empty and a note says why"
UNPACKED = "uuencoded and embedded files are taken out"
NO_FROM = "without an address in From there is no sender: an answer address proves nothing"
TITLE = "the title of the page is not part of the text"
PLAIN = "the index looks at the html, the text is the plain alternative"
BETTER = "here the text is read where that project gives up"
NORMALISED = "addresses are normalised, names come without the broken rest of an address"
SYSTEM_NAME = "a From without an address is kept as it stands"
MADE_ID = "that project makes up a Message-ID, here it stays empty"
BYTES = "the word is no valid base64 in any charset; it is decoded as far as it goes"
LITERAL = "the index has line ends written as backslash and letter"
SIGNATURE = "signatures are folded too"
ALTERNATIVES = "the two alternatives of this message say different things"
FORWARD = "a forwarded message is what its sender wants to show, so it is not folded"
AUTO_REPLY = "an automatic reply, not a bounce"
SNS = "a notice of a cloud service in JSON, filed as bulk"
PERSON = "a person forwards a returned message and wants help"
IS_BOUNCE = "a bounce that the other project does not read"

DEVIATIONS = {
    "django-helpdesk/utf-nondecodable.eml": {"body_has": PLAIN},
    "glpi/01-inline-images.eml": {"attachments": STORED_NAME},
    "glpi/15-image-with-no-content-disposition.eml": {"attachments": STORED_NAME},
    "glpi/17-malformed-email.eml": {"subject": BETTER},
    "glpi/18-image-on-multiple-lines.eml": {"attachments": STORED_NAME},
    "glpi/19-attachement-rfc5987-multiline.eml": {"attachments": STORED_NAME},
    "glpi/20-attachement-rfc5987-singleline.eml": {"attachments": STORED_NAME},
    "glpi/24.1-attachement-multibyte-name-with-continuation.eml": {"attachments": STORED_NAME},
    "glpi/24.2-attachement-multibyte-name-without-continuation.eml": {"attachments": STORED_NAME},
    "glpi/25-attachement-with-OS-incompatible-char.eml": {"attachments": STORED_NAME},
    "glpi/26-illegal-char-in-body.eml": {"body": BETTER},
    "glpi/37-image-with-octet-stream-type.eml": {"attachments": STORED_NAME},
    "glpi/41-image-src-with-no-quote.eml": {"attachments": STORED_NAME},
    "reply-bodies-discourse/embedded_email_swedish.txt": {"trimmed": SIGNATURE},
    "reply-bodies-discourse/forwarded_apple.txt": {"trimmed": FORWARD},
    "reply-bodies-discourse/forwarded_message.txt": {"trimmed": FORWARD},
    "sisimai/bsd__arf-26.eml": {"is_bounce": AUTO_REPLY},
    "sisimai/bsd__lhost-amazonses-09.eml": {"is_bounce": SNS},
    "sisimai/bsd__lhost-sendmail-14.eml": {"is_bounce": PERSON},
    "sisimai/bsd__rfc3834-06.eml": {"is_bounce": AUTO_REPLY},
    "sisimai/err__make-test-36.eml": {"is_bounce": PERSON},
    "sisimai/mac__rfc3834-01.eml": {"is_bounce": AUTO_REPLY},
    "sisimai/not__rb-issue-368-bug.eml": {"is_bounce": IS_BOUNCE},
    "talon/standard_replies__iphone.eml": {"reply_text": SIGNATURE},
    "talon/standard_replies__outlook.eml": {"reply_text": ALTERNATIVES},
    "talon/standard_replies__sparrow.eml": {"reply_text": SIGNATURE},
    "tnef/christmas.eml": {"files_inside": UNPACKED},
    "webklex/attachment_long_filename.eml": {"attachments": STORED_NAME},
    "webklex/attachment_no_disposition.eml": {"attachments": STORED_NAME},
    "webklex/embedded_email_without_content_disposition.eml": {"attachments": STORED_NAME},
    "webklex/example_bounce.eml": {"attachment_count": REPORT_PART, "attachments": REPORT_PART},
    "webklex/imap_mime_header_decode_returns_false.eml": {"subject": BYTES},
    "webklex/inline_attachment.eml": {"attachments": STORED_NAME},
    "webklex/issue-414.eml": {"attachments": STORED_NAME},
    "webklex/multiple_html_parts_and_attachments.eml": {"body_text": LITERAL},
    "zammad/mail003.box": {"body_starts": PLAIN},
    "zammad/mail015.box": {"body_starts": NO_TEXT},
    "zammad/mail016.box": {"body_starts": TITLE, "from_email": NO_FROM},
    "zammad/mail017.box": {"body_starts": PLAIN},
    "zammad/mail018.box": {"subject": BETTER},
    "zammad/mail019.box": {"body_starts": TITLE, "from_email": NO_FROM},
    "zammad/mail023.box": {"body_starts": BETTER},
    "zammad/mail024.box": {"body_starts": NO_TEXT},
    "zammad/mail025.box": {"body_starts": UNPACKED},
    "zammad/mail026.box": {"body_starts": TITLE},
    "zammad/mail027.box": {"body_starts": NO_TEXT},
    "zammad/mail028.box": {"body_starts": NO_TEXT},
    "zammad/mail041.box": {"body_starts": NO_TEXT},
    "zammad/mail042.box": {"body_starts": NO_TEXT},
    "zammad/mail044.box": {"from": NORMALISED, "from_email": NORMALISED},
    "zammad/mail046.box": {"from_display_name": BETTER},
    "zammad/mail053.box": {"from_display_name": SYSTEM_NAME},
    "zammad/mail054.box": {"body_starts": BETTER},
    "zammad/mail066.box": {"body_starts": TITLE},
    "zammad/mail067.box": {"body_starts": NO_TEXT},
    "zammad/mail069.box": {"attachments": STORED_NAME},
    "zammad/mail073.box": {"attachments": STORED_NAME},
    "zammad/mail076.box": {"from_display_name": NORMALISED},
    "zammad/mail080.box": {"attachments": STORED_NAME},
    "zammad/mail086.box": {"body_starts": NO_TEXT},
    "zammad/mail087.box": {
        "attachments": STORED_NAME,
        "body_starts": BETTER,
        "from_display_name": NORMALISED,
    },
    "zammad/mail092.box": {"attachments": REPORT_PART, "from_display_name": SYSTEM_NAME},
    "zammad/mail096.box": {"message_id": MADE_ID},
    "zammad/mail097.box": {"message_id": MADE_ID},
    "zammad/mail100.box": {"attachments": STORED_NAME},
    "zammad/mail102.box": {"attachments": STORED_NAME},
    "zammad/mail105.box": {"body_starts": BETTER},
}

# Messages without any text of their own: nothing but files or pictures, or nothing at all.
EMPTY = (
    "cpython/msg_06.txt",
    "cpython/msg_08.txt",
    "cpython/msg_09.txt",
    "cpython/msg_11.txt",
    "cpython/msg_12.txt",
    "cpython/msg_12a.txt",
    "cpython/msg_18.txt",
    "cpython/msg_24.txt",
    "cpython/msg_28.txt",
    "cpython/msg_30.txt",
    "cpython/msg_37.txt",
    "cpython/msg_46.txt",
    "django-helpdesk/blank-body-with-attachment.eml",
    "glpi/40.1-empty-content-multipart.eml",
    "glpi/40.2-empty-content-html.eml",
    "glpi/40.3-empty-content-plaintext.eml",
    "mail-gem/attachment_emails__attachment_message_rfc822_inline_image.eml",
    "mail-gem/attachment_emails__attachment_only_email.eml",
    "mail-gem/attachment_emails__attachment_with_quoted_filename.eml",
    "mail-gem/error_emails__bad_date_header.eml",
    "mail-gem/error_emails__bad_date_header2.eml",
    "mail-gem/error_emails__empty_in_reply_to.eml",
    "mail-gem/error_emails__missing_body.eml",
    "mail-gem/error_emails__missing_content_disposition.eml",
    "mail-gem/error_emails__must_supply_encoding.eml",
    "mail-gem/mime_emails__raw_email_with_binary_encoded.eml",
    "mail-gem/multi_charset__japanese_attachment_long_name.eml",
    "odoo/MAIL_NO_BODY.eml",
    "odoo/MAIL_PDF_MIME_TEMPLATE.eml",
    "odoo/MAIL_SINGLE_BINARY.eml",
    "sisimai/bsd__arf-23.eml",
    "webklex/attachment_encoded_filename.eml",
    "webklex/attachment_long_filename.eml",
    "webklex/attachment_no_disposition.eml",
    "webklex/inline_attachment.eml",
    "webklex/issue-414.eml",
    "webklex/mail_that_is_attachment.eml",
    "webklex/mixed_filename.eml",
    "zammad/mail015.box",
    "zammad/mail024.box",
    "zammad/mail025.box",
    "zammad/mail027.box",
    "zammad/mail028.box",
    "zammad/mail041.box",
    "zammad/mail042.box",
    "zammad/mail067.box",
    "zammad/mail070.box",
    "zammad/mail071.box",
    "zammad/mail086.box",
    "zammad/mail088.box",
    "zammad/mail094.box",
)
