namespace LienThong.Gateway.Records;

/// <summary>What became of a request to change a record. Refusals are values: they are expected in daily work.</summary>
public abstract record ChangeResult
{
    private ChangeResult()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Id">The record.</param>
    /// <param name="Version">Version that is concerned now.</param>
    /// <param name="State">Its state.</param>
    public sealed record Done(Guid Id, int Version, RecordState State) : ChangeResult;

    /// <summary>Unknown, or outside the caller's facilities: which of them isn't told.</summary>
    public sealed record NoSuchRecord : ChangeResult;

    /// <summary>The caller lacks the permission.</summary>
    /// <param name="Permission">The permission it takes.</param>
    public sealed record Forbidden(string Permission) : ChangeResult;

    /// <summary>Not possible as things stand.</summary>
    /// <param name="Code">Stable code for programs (<c>wrong-state</c>, <c>reason-required</c>, <c>bad-change</c>, <c>changed-meanwhile</c>).</param>
    /// <param name="Message">What to tell the person, in Vietnamese.</param>
    public sealed record Refused(string Code, string Message) : ChangeResult;
}

/// <summary>One cell to correct.</summary>
/// <param name="Table">Table code (<c>XML3</c>).</param>
/// <param name="Row">Position of the row, from 1.</param>
/// <param name="Field">Field name (<c>T_BHTT</c>).</param>
/// <param name="Value">New text; empty for an empty element.</param>
public sealed record CellChange(string Table, int Row, string Field, string Value);
