// Параметры, общие для многих форматов, по-русски: сказаны один раз.

export const options: Readonly<Record<string, string>> = {
  "options.min_zoom": "Самый мелкий масштаб",
  "options.min_zoom.auto": "по области",
  "options.max_zoom": "Самый крупный масштаб",
  "options.max_zoom.auto": "по области",
  "options.digits": "Знаков после запятой в координатах",
  "options.transparent": "Без фона",
};
