namespace LienThong.Extracts;

/// <summary>A file, sheet or query of an extract, not opened yet. It is opened at most once for each reading of the extract.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Open">Opens it; given what a mapping says of its form.</param>
/// <param name="Size">Its size in the unit of <see cref="RowSource.Position"/>; 0 when it isn't known.</param>
public sealed record ExtractTable(string Name, Func<CsvForm?, RowSource> Open, long Size = 0);

/// <summary>What the joining of an extract's tables needs from outside.</summary>
/// <param name="Temporary">Makes a stream that can seek and vanishes when closed; asked for at most once, and only when memory doesn't suffice. It holds health data: nobody else may read it.</param>
public sealed record AssemblyOptions(Func<Stream> Temporary)
{
    /// <summary>Bounds.</summary>
    public ExtractLimits Limits { get; init; } = ExtractLimits.Default;

    /// <summary>Bytes of rows held in memory. Default 48 MiB.</summary>
    public int MemoryBytes { get; init; } = 48 * 1024 * 1024;

    /// <summary>Told now and then how much has been read of all tables; null: nobody asks.</summary>
    public Action<long>? Progress { get; init; }
}
