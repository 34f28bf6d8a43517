// Русские имена того, что называет каталог: слои, бумага, параметры. Чего здесь нет, показано по-английски.

export const names: Readonly<Record<string, string>> = {
  "layer.water": "Вода",
  "layer.natural": "Природа",
  "layer.vegetation": "Растительность",
  "layer.landuse": "Землепользование",
  "layer.leisure": "Отдых",
  "layer.buildings": "Здания",
  "layer.roads": "Дороги",
  "layer.railways": "Железные дороги",
  "layer.transport": "Транспорт",
  "layer.aeroways": "Аэродромы",
  "layer.power": "Энергетика",
  "layer.barriers": "Ограждения",
  "layer.boundaries": "Границы",
  "layer.places": "Населённые пункты",
  "layer.pois": "Объекты",
  "layer.addresses": "Адреса",
  "layer.other": "Прочее",
};
