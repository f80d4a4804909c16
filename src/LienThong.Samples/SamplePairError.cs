using LienThong.Samples.Errors;
using LienThong.Standard;

namespace LienThong.Samples;

/// <summary>A known error that a record makes together with another of its corpus: each of the two alone is clean.</summary>
public sealed class SamplePairError
{
    private readonly Func<RecordBuilder, RecordBuilder, SampleCell?> inject;

    internal SamplePairError(string name, string code, string description, Func<RecordBuilder, RecordBuilder, SampleCell?> inject, params string[] also)
    {
        Name = name;
        Code = code;
        Description = description;
        Also = also;
        this.inject = inject;
    }

    /// <summary>All of them; their names are unique, also beside <see cref="SampleErrors"/>.</summary>
    public static IReadOnlyList<SamplePairError> All => PairErrors.All;

    /// <summary>Unique name, in words.</summary>
    public string Name { get; }

    /// <summary>The rule that must report it when the other record is known.</summary>
    public string Code { get; }

    /// <summary>What is done to the record.</summary>
    public string Description { get; }

    /// <summary>Rules that unavoidably report it as well.</summary>
    public IReadOnlyList<string> Also { get; }

    /// <summary>Puts the error into a record.</summary>
    /// <param name="record">A clean record; changed in place.</param>
    /// <param name="other">The other one, clean and of the same kind; stays as it is.</param>
    /// <returns>The cell of <paramref name="record"/> that is told; null when the two offer no place for this error, and then nothing is changed.</returns>
    public SampleCell? Apply(RecordBuilder record, RecordBuilder other) => inject(record, other);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Code})";
}
