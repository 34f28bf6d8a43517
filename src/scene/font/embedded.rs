//! The font files that a native program carries.

macro_rules! files {
    ($($id:literal)*) => {
        /// Ids of the index and the files.
        pub const FILES: &[(&str, &[u8])] =
            &[$(($id, include_bytes!(concat!("../../../assets/fonts/", $id, ".ttf")))),*];
    };
}

files! {
    "noto-sans-regular"
    "noto-sans-bold"
    "noto-sans-italic"
    "noto-sans-arabic-regular"
    "noto-sans-arabic-bold"
    "noto-sans-hebrew-regular"
    "noto-sans-hebrew-bold"
    "noto-sans-armenian-regular"
    "noto-sans-armenian-bold"
    "noto-sans-georgian-regular"
    "noto-sans-georgian-bold"
    "noto-sans-thai-regular"
    "noto-sans-thai-bold"
    "noto-sans-lao-regular"
    "noto-sans-lao-bold"
    "noto-sans-khmer-regular"
    "noto-sans-myanmar-regular"
    "noto-sans-devanagari-regular"
    "noto-sans-bengali-regular"
    "noto-sans-gurmukhi-regular"
    "noto-sans-gujarati-regular"
    "noto-sans-oriya-regular"
    "noto-sans-tamil-regular"
    "noto-sans-telugu-regular"
    "noto-sans-kannada-regular"
    "noto-sans-malayalam-regular"
    "noto-sans-sinhala-regular"
    "noto-sans-ethiopic-regular"
    "noto-sans-tifinagh-regular"
    "noto-sans-thaana-regular"
    "noto-sans-canadian-aboriginal-regular"
    "noto-sans-math-regular"
    "noto-sans-symbols-regular"
    "noto-sans-symbols2-regular"
}
