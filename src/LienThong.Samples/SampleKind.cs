namespace LienThong.Samples;

/// <summary>How large an invented record is. Sizes are those of a package that holds only this record (base64 included).</summary>
public enum SampleKind
{
    /// <summary>One visit, 15–30 KB: examination, tests, medicines.</summary>
    Outpatient,

    /// <summary>A stay of some days, 0.5–1 MB, with clinical notes and discharge papers.</summary>
    Inpatient,

    /// <summary>A stay of several weeks, 5–10 MB.</summary>
    LongStay,

    /// <summary>A stay of two nights with everything an inpatient record has, but few rows: 40–60 KB, for examples.</summary>
    ShortStay,
}
