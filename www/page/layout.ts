// Which layout is shown: the condition of css/layouts.css.

/** One column with tabs and short words: the window is narrow, or low as at a zoom of 200 %. */
export const column = matchMedia("(max-width: 639.98px), (max-height: 479.98px)");
