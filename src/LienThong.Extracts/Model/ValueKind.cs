namespace LienThong.Extracts;

/// <summary>What kind of value a field of a visit holds.</summary>
public enum ValueKind
{
    /// <summary>Free text.</summary>
    Text,

    /// <summary>A code; leading zeros count.</summary>
    Code,

    /// <summary>Codes joined with <c>;</c>.</summary>
    Codes,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A number; amounts are VND.</summary>
    Number,

    /// <summary>A day.</summary>
    Day,

    /// <summary>Days joined with <c>;</c>.</summary>
    Days,

    /// <summary>A day and minute, Vietnam local time.</summary>
    Moment,

    /// <summary>A birth: a moment of which hour, day and month may be unknown.</summary>
    Birth,

    /// <summary><c>main</c> or <c>secondary</c>.</summary>
    Role,

    /// <summary><c>patient</c>, <c>NSNN</c>, <c>VTNN</c>, <c>VTTN</c> or <c>CL</c>.</summary>
    Payer,
}
