"""A day of a service desk, made by chance from a seed: what people ask for, in Russian and English.

Nothing here was looked at when the thresholds of the watch were chosen.
"""

import random
from datetime import timedelta

THINGS_RU = """ноутбук монитор мышь клавиатура наушники принтер сканер телефон планшет проектор камера
турникет кондиционер лампа дверь замок холодильник кофемашина лифт парковка пропуск почта календарь
портал отпуск зарплата справка отчёт договор счёт накладная склад доставка сайт каталог прайс скидка
пароль доступ папка диск архив резервная_копия антивирус обновление лицензия подпись сертификат видеосвязь
чат рассылка форма шаблон база остатки инвентаризация возврат весы терминал роутер кабель розетка
стул стол шкаф окно вода уборка форма_одежды обучение инструкция видео презентация перевод командировка
билет гостиница такси виза медосмотр страховка спецодежда тонер картридж бумага ключ сейф сигнализация""".split()
DOINGS_RU = """не_включается зависает потерялся сломан шумит мигает нужен_новый заменить переставить настроить
подключить отключить обновить починить перенести продлить закончился не_найти восстановить проверить
согласовать заказать вернуть списать оформить исправить удалить добавить распечатать посчитать""".split()
PLACES_RU = """бухгалтерия закупки маркетинг кадры юристы склад логистика приёмная охрана столовая аналитики
производство лаборатория архив дирекция филиал ресепшен""".split()
THINGS_EN = """laptop monitor mouse keyboard headset scanner phone tablet projector badge lamp door lock
fridge elevator parking mailbox calendar intranet vacation payroll certificate report contract invoice
warehouse delivery website catalogue discount password folder drive backup antivirus licence signature
webinar chat newsletter template database stocktaking refund scale router cable socket chair desk cupboard
window water cleaning uniform training manual video slides translation trip ticket hotel taxi visa insurance
toner paper key safe alarm forecast dashboard spreadsheet survey budget""".split()
DOINGS_EN = """broken frozen lost noisy blinking replace move configure connect disconnect update repair
extend missing restore check approve order return dispose correct delete add print calculate rename share
export import rotate""".split()
PLACES_EN = """accounting purchasing marketing personnel legal logistics reception security canteen
analysts production laboratory archive board branch""".split()


def subjects(count, seed):
    """Return so many different subjects."""
    chance = random.Random(seed)
    found = {}
    while len(found) < count:
        if chance.random() < 0.6:
            parts = (THINGS_RU, DOINGS_RU, PLACES_RU)
        else:
            parts = (THINGS_EN, DOINGS_EN, PLACES_EN)
        thing, doing, place = (chance.choice(words).replace("_", " ") for words in parts)
        text = chance.choice(
            [f"{thing} {doing}, {place}", f"{doing} {thing}", f"{place}: {thing} {doing}"]
        )
        extra = chance.randrange(200)
        found.setdefault(f"{text.capitalize()} {extra}" if extra > 150 else text.capitalize())
    return list(found)


def moments(count, day, seed, hours=(8, 18)):
    """Return so many moments of a working day, most of them before noon."""
    chance = random.Random(seed)
    return sorted(
        day + timedelta(minutes=chance.triangular(hours[0] * 60, hours[1] * 60, 11 * 60))
        for _i in range(count)
    )


#: One outage as thirty people tell it.
WAVE_RU = [
    "Касса не печатает чек",
    "Не выходит чек на кассе 2",
    "Касса: чек не печатается, очередь",
    "Чеки не пробиваются, касса стоит",
    "Касса не пробивает чеки с утра",
    "На кассе ошибка печати чека",
]
WAVE_EN = [
    "VPN does not connect",
    "Cannot connect to VPN from home",
    "VPN connection drops all the time",
    "No VPN connection since this morning",
    "vpn not connecting!!!",
    "VPN fails to connect, error 809",
]
