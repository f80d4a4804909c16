using System.Collections.Concurrent;
using System.Text;
using LienThong.Gateway.Records;
using LienThong.Portal;
using LienThong.Standard;
using Record = LienThong.Standard.Record;

namespace LienThong.Gateway.Tests.Support;

/// <summary>A judge whose verdict stands in the record: the reason for coming says BLOCK or WARN.</summary>
internal sealed class FakeJudge : IRecordJudge
{
    public bool BlocksEverything { get; set; }

    public Judged Judge(Record record, DateTimeOffset at, string envelopeFacility)
    {
        Release release = record.DischargeDay is { IsPresent: true } day ? Releases.InForceOn(day.Value) ?? Releases.Newest : Releases.Newest;
        string reason = record.Summary is { } row ? row[Xml1.LY_DO_VV].Text : "";
        List<StoredFinding> findings = [];
        if (reason.Contains("BLOCK", StringComparison.Ordinal) || BlocksEverything)
            findings.Add(Finding(Severity.Block, reason));
        if (reason.Contains("WARN", StringComparison.Ordinal))
            findings.Add(Finding(Severity.Warn, reason));
        return new Judged(release, new JudgedFindings(findings, 1));
    }

    private static StoredFinding Finding(Severity severity, string value) => new(
        severity == Severity.Block ? "TEST-001" : "TEST-002", severity, "XML1", 1, "LY_DO_VV", "1", value, "Lý do vào viện không hợp lệ", "Sửa LY_DO_VV", "QĐ thử", false);
}

/// <summary>A portal in memory: answers by script, else accepts; remembers what it got.</summary>
internal sealed class FakePortal : IPortalChannel
{
    private readonly ConcurrentDictionary<string, int> under = new();
    private int inFlight;

    public ConcurrentQueue<(string MaLk, byte[] Document)> Received { get; } = new();

    public ConcurrentQueue<SendOutcome> Script { get; } = new();

    public Func<PortalSubmission, Task>? OnCall { get; set; }

    public int MostAtOnce { get; private set; }

    public bool SameRecordTwiceAtOnce { get; private set; }

    public static PortalAnswer Answer(string body, int status = 200) =>
        new(status, Encoding.UTF8.GetBytes(body), true, "application/json", null, TimeSpan.FromMilliseconds(5), true);

    public static SendOutcome Rejection(string code = "123") => new SendOutcome.Rejected(code, "Sai định dạng", Answer($"{{\"maKetQua\":\"{code}\"}}"));

    public async Task<SendOutcome> SendAsync(PortalAccount account, PortalSubmission submission, CancellationToken ct)
    {
        lock (under)
            MostAtOnce = Math.Max(MostAtOnce, ++inFlight);
        if (under.AddOrUpdate(submission.MaLk, 1, (_, n) => n + 1) > 1)
            SameRecordTwiceAtOnce = true;
        try
        {
            if (OnCall is { } hook)
                await hook(submission);
            else
                await Task.Yield();
            SendOutcome outcome = Script.TryDequeue(out SendOutcome? scripted) ? scripted : Accept(submission);
            if (outcome is not SendOutcome.NotSent)
                Received.Enqueue((submission.MaLk, submission.Document.ToArray()));
            return outcome;
        }
        finally
        {
            under.AddOrUpdate(submission.MaLk, 0, (_, n) => n - 1);
            lock (under)
                inFlight--;
        }
    }

    private static SendOutcome.Accepted Accept(PortalSubmission submission)
    {
        string code = $"HSKCB_{submission.MaLk}_{Guid.NewGuid():N}";
        return new SendOutcome.Accepted(new PortalReceipt(
            "200", code, new DateTimeOffset(2026, 7, 10, 9, 30, 0, TimeSpan.FromHours(7)), "Tiếp nhận thành công", Answer($"{{\"maGiaoDich\":\"{code}\"}}"), true));
    }
}
