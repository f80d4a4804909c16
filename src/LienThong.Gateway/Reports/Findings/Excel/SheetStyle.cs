namespace LienThong.Gateway.Reports.Findings.Excel;

/// <summary>Looks of a cell: indexes into the cell formats that <see cref="Workbook"/> writes.</summary>
internal enum SheetStyle
{
    /// <summary>General.</summary>
    Plain,

    /// <summary>Text that stays text when somebody edits it: leading zeros, long numbers, formulas as words.</summary>
    Text,

    /// <summary>Heading.</summary>
    Header,

    /// <summary>Whole number with thousands.</summary>
    Number,

    /// <summary>Text of a cell that blocks.</summary>
    Block,

    /// <summary>Text of a cell with a warning.</summary>
    Warn,

    /// <summary>Text of a cell with a hint.</summary>
    Info,
}
