// Параметры, общие для многих форматов, по-русски: сказаны один раз.

export const options: Readonly<Record<string, string>> = {
  "options.min_zoom": "Самый мелкий масштаб",
  "options.min_zoom.auto": "по области",
  "options.max_zoom": "Самый крупный масштаб",
  "options.max_zoom.auto": "по области",
  "options.digits": "Знаков после запятой в координатах",
  "options.bom": "Метка порядка байтов, по которой Excel узнаёт UTF-8",
  "options.guard": "Апостроф перед текстом, который таблица приняла бы за формулу",
  "options.wkt": "Геометрия столбцом WKT",
  "options.versions": "Версия 1 у каждого объекта, как требуют JOSM и Osmosis",
  "options.sea": "Море площадью, замкнутое по рамке",
  "options.styles": "Стили для QGIS",
  "options.columns": "Теги отдельными столбцами: auto или ключи через запятую",
  "options.ids": "Номер элемента перед геометрией и табуляция: w123",
  "options.tags": "Все теги как JSON в последнем столбце",
  "options.transparent": "Без фона",
  "options.picture": "Вид картинок",
  "options.pixels": "Сторона плитки в пикселях; 512: для чётких экранов",
};
