using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What the rules say of one record. Independent of the record's buffers: it may outlive them.</summary>
public sealed class Judgement
{
    /// <summary>The rule behind <see cref="Confidential"/>.</summary>
    public const string ConfidentialityRule = "X6-ACCESS-001";

    /// <summary>The release the record was judged by.</summary>
    public required Release Release { get; init; }

    /// <summary>Something a person should know about the choice of the release, in Vietnamese; empty for the usual case.</summary>
    public required string ReleaseNote { get; init; }

    /// <summary>Broken rules in the order found: structure, format, cross-field, cross-table.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What could not be judged, by cause and list.</summary>
    public required IReadOnlyList<NotCheckedCount> NotChecked { get; init; }

    /// <summary>Findings that stop sending.</summary>
    public required int Blocks { get; init; }

    /// <summary>Findings likely to cost money at the audit.</summary>
    public required int Warnings { get; init; }

    /// <summary>Hints.</summary>
    public required int Infos { get; init; }

    /// <summary>The record has HIV data (XML6): it and its findings are for authorised people only (X6-ACCESS-001). No finding shows a value of XML6.</summary>
    public required bool Confidential { get; init; }

    /// <summary>True when the record must not be sent as it is.</summary>
    public bool Blocked => Blocks > 0;

    /// <summary>Findings of one severity.</summary>
    public int Count(Severity severity) => severity switch
    {
        Severity.Block => Blocks,
        Severity.Warn => Warnings,
        _ => Infos,
    };
}
