namespace LienThong.Standard;

/// <summary>How much a problem or finding weighs.</summary>
public enum Severity
{
    /// <summary>A hint or a disputed point; nothing has to be done.</summary>
    Info,

    /// <summary>Likely to cost money at the audit; the record may be sent.</summary>
    Warn,

    /// <summary>The portal or the law refuses it; the record must not be sent as it is.</summary>
    Block,
}
