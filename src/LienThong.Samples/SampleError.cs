using LienThong.Standard;

namespace LienThong.Samples;

/// <summary>The cell that an injected error broke.</summary>
/// <param name="Table">The table.</param>
/// <param name="Row">Position of the row from 1; null when the table as a whole is meant.</param>
/// <param name="Field">The field; null when a row or table as a whole is meant.</param>
public readonly record struct SampleCell(TableId Table, int? Row, FieldId? Field)
{
    /// <summary>As people quote it: <c>XML3[4].T_BHTT</c>.</summary>
    public override string ToString() => $"{Table.Code()}{(Row is { } row ? $"[{row}]" : "")}{(Field is { } field ? "." + field.Name : "")}";
}

/// <summary>One known error that can be put into a clean record. Sums and shares that follow are put right again, so that nothing else breaks.</summary>
public sealed class SampleError
{
    private readonly Func<RecordBuilder, Random, SampleCell?> inject;

    internal SampleError(string name, string code, string description, Func<RecordBuilder, Random, SampleCell?> inject, params string[] also)
    {
        Name = name;
        Code = code;
        Description = description;
        Also = also;
        this.inject = inject;
    }

    /// <summary>Unique name, in words.</summary>
    public string Name { get; }

    /// <summary>The rule that must report it, as in the rule catalogue.</summary>
    public string Code { get; }

    /// <summary>What is done to the record.</summary>
    public string Description { get; }

    /// <summary>Rules that unavoidably report it as well, e.g. the balance of a row whose share is wrong.</summary>
    public IReadOnlyList<string> Also { get; }

    /// <summary>Puts the error into a record.</summary>
    /// <param name="record">A clean record; changed in place.</param>
    /// <param name="random">Chooses the row.</param>
    /// <returns>The broken cell; null when the record offers no place for this error, and then it is unchanged.</returns>
    public SampleCell? Apply(RecordBuilder record, Random random) => inject(record, random);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Code})";
}
