// Параметры, общие для многих форматов, по-русски: сказаны один раз.

export const options: Readonly<Record<string, string>> = {
  "options.digits": "Знаков после запятой в координатах",
  "options.transparent": "Без фона",
};
