from . import test_attendance, test_i18n
