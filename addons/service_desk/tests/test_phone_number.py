from odoo.tests import BaseCase, tagged

from odoo.addons.service_desk.telephony import looks_like_number, read_number


@tagged("post_install", "-at_install")
class TestPhoneNumber(BaseCase):
    """Numbers as people type them and exchanges send them."""

    def test_notations_of_one_number(self):
        for text in (
            "+7 495 123-45-67",
            "8 (495) 123-45-67",
            "84951234567",
            "7 495 123 45 67",
            "0074951234567",
            "(495) 123–45–67",
            "tel:+7-495-123-45-67;ext=12",
            "sip:+74951234567@pbx.example.com",
            "8 495 123 45 67 доб. 12",
            "+7\xa0495\xa01234567, 12",
        ):
            with self.subTest(text=text):
                self.assertTrue(looks_like_number(text))
                number = read_number(text, "RU")
                self.assertEqual(number.e164, "+74951234567")
                self.assertEqual(number.national, "4951234567")
                self.assertIn(number.extension, ("", "12"))

    def test_foreign_and_unfinished_numbers(self):
        self.assertEqual(read_number("810 44 113 496 0111", "RU").e164, "+441134960111")
        self.assertEqual(read_number("+1-800-FLOWERS", "RU").e164, "+18003569377")
        self.assertEqual(read_number("0113 496 0111", "RU").national, "1134960111")
        self.assertEqual(read_number("40-12-00", "RU").national, "401200")
        self.assertFalse(read_number("40-12-00", "RU").e164)
        self.assertTrue(read_number("101", "RU").is_internal)

    def test_names_are_no_numbers(self):
        for text in ("Магазин 12", "иванов 2", "3М", "O'Neil", "", "x1", "7", "shop 24/7"):
            with self.subTest(text=text):
                self.assertFalse(looks_like_number(text))

    def test_nonsense_has_no_number(self):
        for text in (None, "", "abc", "+", "()", "\x00"):
            self.assertIsNone(read_number(text, "RU"))
        self.assertFalse(read_number("9" * 10_000, "RU").e164)
