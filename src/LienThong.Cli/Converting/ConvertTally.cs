using LienThong.Standard;

namespace LienThong.Cli.Converting;

/// <summary>What a conversion came to, for a file or the whole run.</summary>
internal sealed class ConvertTally
{
    private static readonly ChangeKind[] Kinds = Enum.GetValues<ChangeKind>();

    private readonly long[] changes = new long[Kinds.Length];

    /// <summary>Files looked at.</summary>
    public int Files { get; set; }

    /// <summary>Files that could not be read from the disk.</summary>
    public int Troubles { get; set; }

    /// <summary>Packages written.</summary>
    public int Written { get; set; }

    /// <summary>Records found, damaged ones included.</summary>
    public int Found { get; set; }

    /// <summary>Records converted.</summary>
    public int Converted { get; set; }

    /// <summary>Files of which a part could not be read.</summary>
    public int Unreadable { get; set; }

    /// <summary>Files whose signature was left out.</summary>
    public int SignaturesDropped { get; set; }

    /// <summary>Lines of one kind.</summary>
    public long this[ChangeKind kind] => changes[(int)kind];

    /// <summary>True when something can't be sent as it is now.</summary>
    public bool IsBlocked => Converted < Found || Unreadable > 0 || this[ChangeKind.Missing] > 0;

    /// <summary>Every kind with its number of lines, in the order of the report.</summary>
    public IEnumerable<(ChangeKind Kind, long Count)> Counts => Kinds.Select(k => (k, this[k]));

    /// <summary>Counts a line.</summary>
    public void Add(Change change) => changes[(int)change.Kind]++;

    /// <summary>Adds those of a file.</summary>
    public void Add(ConvertTally file)
    {
        Files += file.Files;
        Troubles += file.Troubles;
        Written += file.Written;
        Found += file.Found;
        Converted += file.Converted;
        Unreadable += file.Unreadable;
        SignaturesDropped += file.SignaturesDropped;
        for (int i = 0; i < changes.Length; i++) changes[i] += file.changes[i];
    }
}
