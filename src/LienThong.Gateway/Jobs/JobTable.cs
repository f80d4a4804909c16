using LienThong.Gateway.Access;
using LienThong.Gateway.Access.Directories;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Cards;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Rules;
using LienThong.Gateway.Signing;

namespace LienThong.Gateway.Jobs;

/// <summary>The recurring jobs. A new one is an entry here; what is taken out here is taken out of the database at the next start.</summary>
internal sealed class JobTable(IReadOnlyList<RecurringJob> jobs)
{
    public JobTable(
        DeadlineRound deadlines, DutyKeeper duties, ExceptionKeeper exceptions, CertificateWatch certificates, CardRound cards, CardOptions cardOptions,
        DirectoryUsers directory, AccessTokens tokens, AuditLog audit)
        : this([
            new("deadlines", "Tính lại hạn nộp, theo dõi sự cố cổng", TimeSpan.FromSeconds(20), deadlines.RunAsync, deadlines.Signal),
            new("duties", "Mở và đóng nhiệm vụ", TimeSpan.FromMinutes(5), async ct =>
            {
                await duties.RunAsync(ct);
                return 0;
            }),
            new("exceptions", "Áp dụng ngoại lệ quy tắc", TimeSpan.FromMinutes(1), async ct => await exceptions.SettleAsync(ct), exceptions.Signal),
            new("certificates", "Nhắc chứng thư số sắp hết hạn", TimeSpan.FromHours(1), async ct => await certificates.LookAsync(ct)),
            new("cards", "Tra lại thẻ, tra thẻ hằng đêm", cardOptions.Poll, async ct => await cards.RunAsync(ct)),
            new("access", "Đối chiếu danh bạ, dọn phiên và nhật ký quá hạn", TimeSpan.FromMinutes(5), async ct =>
                await directory.RefreshAsync(ct) + await tokens.SweepAsync(ct) + await audit.SweepAsync(ct)),
        ])
    {
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<RecurringJob> All => jobs;

    /// <summary>The job of a name; null when there is none.</summary>
    public RecurringJob? Find(string name) => jobs.FirstOrDefault(j => j.Name == name);
}
