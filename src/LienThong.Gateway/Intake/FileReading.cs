using System.Security.Cryptography;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Records;
using LienThong.Standard;

namespace LienThong.Gateway.Intake;

/// <summary>Reads a file record by record and judges each; no database, no waiting, so that several files go in parallel.</summary>
internal sealed class FileReading(IRecordJudge judge, CheckInReading checkIns, TimeProvider time)
{
    private const int LongestMaLk = 100;

    /// <summary>Reads the whole stream. Records that can't be stored go straight into the file's ledger.</summary>
    /// <param name="file">Ledger to fill.</param>
    /// <param name="content">The file's bytes.</param>
    /// <param name="accepts">Whether records of a facility may be stored; returns why not, or null.</param>
    /// <param name="found">Takes each record that can be stored.</param>
    public void Read(IntakeFile file, Stream content, Func<string, string?> accepts, Action<PendingRecord> found)
    {
        using PackageReader reader = new(content, today: time.GetUtcNow().VietnamDay());
        int seenProblems = 0;
        while (reader.Read(out Record? record))
        {
            if (reader.Kind != DocumentKind.CheckIn)
                file.Facility = reader.Header.FacilityCode;
            if (reader.Kind == DocumentKind.CheckIn)
                CheckIn(file, record);
            else if (reader.Kind != DocumentKind.Package)
                Refuse(file, record.Index, "", "Tệp giám định y khoa không phải hồ sơ điều trị; gửi qua chức năng riêng.");
            else if (Take(file, record, reader, ref seenProblems, accepts) is { } pending)
                found(pending);
        }
        (file.Facility, file.Declared, file.HasSignature) = (reader.Kind == DocumentKind.CheckIn ? file.Facility : reader.Header.FacilityCode, reader.Header.DeclaredCount, reader.HasSignature);
        file.IsSingle = reader.Count == 1 && reader.Kind == DocumentKind.Package;
        file.Problems = [.. reader.Problems];
    }

    private PendingRecord? Take(IntakeFile file, Record record, PackageReader reader, ref int seenProblems, Func<string, string?> accepts)
    {
        List<StoredFinding> fromFile = OwnProblems(record.Index, reader.Problems, ref seenProblems);
        if (record.Summary is not { } row)
            return Refuse(file, record.Index, "", Join("Không đọc được XML1 nên không biết MA_LK; xuất lại hồ sơ này từ HIS.", fromFile));
        string maLk = row[Xml1.MA_LK].Text.Trim();
        string facility = row[Xml1.MA_CSKCB].IsEmpty ? reader.Header.FacilityCode.Trim() : row[Xml1.MA_CSKCB].Text.Trim();
        if (maLk.Length is 0 or > LongestMaLk)
            return Refuse(file, record.Index, "", $"MA_LK trống hoặc dài quá {LongestMaLk} ký tự; xuất lại hồ sơ này từ HIS.");
        if (accepts(facility) is { } why)
            return Refuse(file, record.Index, maLk, why);
        Judged judged = judge.Judge(record, time.GetUtcNow(), reader.Header.FacilityCode);
        JudgedFindings findings = fromFile.Count == 0 ? judged.Findings : judged.Findings with { All = [.. fromFile, .. judged.Findings.All] };
        byte[] content = StoredForm.Of(facility, judged.Release, record);
        return new PendingRecord(
            file, record.Index, facility, maLk, RecordSummary.Of(record, judged.Release.Id), findings, content, Convert.ToHexStringLower(SHA256.HashData(content)))
        {
            Facts = judged.Facts,
        };
    }

    /// <summary>A problem of the envelope that names this record counts as its finding, so that a blocking one blocks it.</summary>
    private static List<StoredFinding> OwnProblems(int hoso, IReadOnlyList<Problem> problems, ref int seen)
    {
        List<StoredFinding> own = [];
        for (; seen < problems.Count; seen++)
        {
            Problem p = problems[seen];
            if (p.Hoso == hoso)
                own.Add(new StoredFinding(p.Code, p.Severity, "", null, "", "", "", p.Message, p.Fix, "", FromFile: true));
        }
        return own;
    }

    private static string Join(string message, List<StoredFinding> findings) =>
        findings.Count == 0 ? message : $"{message} {findings[0].Message}";

    private void CheckIn(IntakeFile file, Record record)
    {
        if (checkIns.Read(record, out string? refused) is not { } pending)
        {
            Refuse(file, record.Index, "", refused!);
            return;
        }
        if (file.Facility.Length == 0)
            file.Facility = pending.Facility;
        file.Ledger.Add(new IntakeRecord(record.Index, pending.MaLk, IntakeVerdict.CheckIn, null, null, null, 0, 0, "") { CheckIns = [pending] });
    }

    private static PendingRecord? Refuse(IntakeFile file, int hoso, string maLk, string message)
    {
        file.Ledger.Add(new IntakeRecord(hoso, maLk, IntakeVerdict.Refused, null, null, null, 0, 0, message));
        return null;
    }
}
