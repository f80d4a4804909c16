using LienThong.Extracts;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Records;
using LienThong.Standard;

namespace LienThong.Gateway.Intake;

/// <summary>What a file holds.</summary>
public enum IntakeKind
{
    /// <summary>Records of the standard, ready-made.</summary>
    Package,
    /// <summary>Visits of the extract model, from which records are built.</summary>
    Visits,
}

/// <summary>How much of a file was taken.</summary>
public enum IntakeOutcome
{
    /// <summary>Every record found is stored (or was already).</summary>
    Complete,
    /// <summary>Exactly this file was taken before: nothing new.</summary>
    Duplicate,
    /// <summary>Some records could not be stored; the ledger names them.</summary>
    Partial,
    /// <summary>Nothing of it could be used.</summary>
    Refused,
}

/// <summary>What became of one record of a file.</summary>
public enum IntakeVerdict
{
    /// <summary>Stored as a record seen for the first time.</summary>
    New,
    /// <summary>Stored as a new version of a known record.</summary>
    NewVersion,
    /// <summary>Stored as a new version that waits: the one before is being sent, an officer's correction is missing in it, or the reason for changing a signed record.</summary>
    Waiting,
    /// <summary>The same content is stored already.</summary>
    Same,
    /// <summary>Not stored; the message says why.</summary>
    Refused,
    /// <summary>No record: a check-in (XML0), handed in as one or made of a visit that goes on. The message says how it stands.</summary>
    CheckIn,
}

/// <summary>One record of a file in the ledger.</summary>
/// <param name="Hoso">Position in the file, from 0.</param>
/// <param name="MaLk"><c>MA_LK</c>; empty when it has none.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="RecordId">Our id; null when it wasn't stored.</param>
/// <param name="Version">Version stored, or found to be the same; null when it wasn't stored.</param>
/// <param name="State">State of that version.</param>
/// <param name="Blocks">Blocking findings.</param>
/// <param name="Warnings">Warnings.</param>
/// <param name="Message">Why it wasn't stored or why it waits, in Vietnamese; otherwise empty.</param>
public sealed record IntakeRecord(
    int Hoso, string MaLk, IntakeVerdict Verdict, Guid? RecordId, int? Version, RecordState? State, int Blocks, int Warnings, string Message)
{
    /// <summary>What was wrong with the visit the record was built from, or why none was built.</summary>
    public IReadOnlyList<ExtractProblem> Problems { get; init; } = [];

    /// <summary>Facility of the record; empty when it wasn't taken.</summary>
    public string Facility { get; init; } = "";

    /// <summary>Check-ins to store instead of a record.</summary>
    internal IReadOnlyList<PendingCheckIn> CheckIns { get; init; } = [];
}

/// <summary>The ledger of one file: declared → found → stored. What doesn't add up is in <see cref="Problems"/> or in a record's message.</summary>
/// <param name="FileId">Our id of the file; null when nothing was kept of it.</param>
/// <param name="FileName">Name it came under.</param>
/// <param name="Sha256">Hash of its bytes; empty when it was refused unread.</param>
/// <param name="Outcome">How much was taken.</param>
/// <param name="Facility"><c>MACSKCB</c> of the envelope.</param>
/// <param name="Declared"><c>SOLUONGHOSO</c>; null when missing.</param>
/// <param name="Records">Every record found, in order.</param>
/// <param name="Problems">What was wrong with the file.</param>
public sealed record IntakeReport(
    Guid? FileId, string FileName, string Sha256, IntakeOutcome Outcome, string Facility, int? Declared,
    IReadOnlyList<IntakeRecord> Records, IReadOnlyList<Problem> Problems)
{
    /// <summary>Visits that became records; null for a package.</summary>
    public int? Built { get; init; }

    /// <summary>Records found.</summary>
    public int Found => Records.Count;

    /// <summary>Records stored as new or as new versions.</summary>
    public int Stored => Records.Count(r => r.Verdict is IntakeVerdict.New or IntakeVerdict.NewVersion or IntakeVerdict.Waiting);

    /// <summary>Records that were stored before with the same content.</summary>
    public int Duplicates => Records.Count(r => r.Verdict == IntakeVerdict.Same);

    /// <summary>Records not stored.</summary>
    public int Refused => Records.Count(r => r.Verdict == IntakeVerdict.Refused);

    /// <summary>Records with at least one blocking finding.</summary>
    public int Blocked => Records.Count(r => r.Blocks > 0);
}

/// <summary>A file to take in.</summary>
/// <param name="FileName">Name for the ledger.</param>
/// <param name="Open">Opens it; disposed after reading.</param>
/// <param name="Length">Size in bytes when known: small files are taken in groups.</param>
public sealed record IntakeSource(string FileName, Func<Stream> Open, long? Length)
{
    /// <summary>A file on disk.</summary>
    public static IntakeSource File(string path) => new(Path.GetFileName(path), () => System.IO.File.OpenRead(path), new FileInfo(path).Length);
}

/// <summary>Limits and sizes of intake.</summary>
public sealed record IntakeOptions
{
    /// <summary>Largest file in bytes. Default 2 GiB.</summary>
    public long MaxFileBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Files up to this size are taken in groups. Default 512 KiB.</summary>
    public int SmallFileBytes { get; init; } = 512 * 1024;

    /// <summary>Records (or small files) per transaction. Default 50.</summary>
    public int BatchRecords { get; init; } = 50;

    /// <summary>Bytes of record content after which a transaction is closed early. Default 16 MiB.</summary>
    public int BatchBytes { get; init; } = 16 * 1024 * 1024;
}
