using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Portal;

namespace LienThong.Gateway.Doctor;

/// <summary>Checks whether a facility can send: address, network, account, rights, key and, on a training host, a whole send. Says what to do about what fails.</summary>
public sealed class AccountDoctor
{
    /// <summary>A check that hasn't ended after this time was cut off with its process.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    /// <summary>Least time between two checks of one facility.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Database database;
    private readonly DoctorStore store;
    private readonly FacilityStore facilities;
    private readonly FacilitySettings settings;
    private readonly SigningKeys keys;
    private readonly PortalOptions options;

    internal AccountDoctor(Database database, DoctorStore store, FacilityStore facilities, FacilitySettings settings, SigningKeys keys, PortalOptions options) =>
        (this.database, this.store, this.facilities, this.settings, this.keys, this.options) = (database, store, facilities, settings, keys, options);

    /// <summary>Starts a check, which goes on when the caller goes away.</summary>
    /// <param name="caller">Who asks; the facility must be in scope. The permission is the surface's matter.</param>
    /// <param name="facility">Facility code.</param>
    /// <param name="training">Where to send an invented record: a training host of the portal, this machine, or the facility's own address; null for its own address when that is one of the first two.</param>
    /// <param name="onStep">Told of each step as it ends; null for nobody.</param>
    /// <param name="ct">Stops the start and the check.</param>
    public async Task<DoctorStart> StartAsync(Caller caller, string facility, Uri? training, Action<DoctorStep>? onStep, CancellationToken ct)
    {
        if (await facilities.FindAsync(caller, facility, ct) is not { } row)
            return new DoctorStart.Refused("no-such-facility", $"Cơ sở {(facility.Length > 20 ? facility[..20] : facility)} chưa được khai báo hoặc không thuộc quyền của bạn.");
        PortalAccount? account = settings.AccountOf(row);
        if (training is not null && TrainingComplaint(training, account) is { } complaint)
            return new DoctorStart.Refused("bad-training", complaint);
        if (!await store.TakeTurnAsync(facility, Pause, ct))
            return new DoctorStart.Refused("too-soon", $"Cơ sở này vừa được kiểm tra; chờ {Pause.TotalSeconds:0} giây rồi thử lại.");
        DoctorReport report = new(Guid.CreateVersion7(database.Time.GetUtcNow()), facility, caller.Name, database.Time.GetUtcNow(), null, []);
        await store.SaveAsync(report, ct);
        return new DoctorStart.Running(report.Id, RunAsync(report, row, account, training, onStep, ct));
    }

    /// <summary>The newest checks of a facility, newest first.</summary>
    public async Task<IReadOnlyList<DoctorReport>> ListAsync(Caller caller, string facility, int take, CancellationToken ct) =>
        await store.ListAsync(caller, facility, Math.Clamp(take, 1, 100), ct);

    /// <summary>A check; null when unknown or out of scope.</summary>
    public Task<DoctorReport?> FindAsync(Caller caller, Guid id, CancellationToken ct) => store.FindAsync(caller, id, ct);

    private async Task<DoctorReport> RunAsync(DoctorReport report, FacilityRow row, PortalAccount? account, Uri? training, Action<DoctorStep>? onStep, CancellationToken ct)
    {
        List<DoctorStep> steps = [];
        async Task TellAsync(DoctorStep step)
        {
            steps.Add(step);
            onStep?.Invoke(step);
            await store.SaveAsync(report with { Steps = [.. steps] }, ct);
        }

        try
        {
            using PortalProbe probe = new(options, database.Time);
            await new DoctorRun(probe, options, store, keys, database, row, account, TellAsync).RunAsync(training, ct);
        }
        finally
        {
            report = report with { Steps = [.. steps], EndedAt = database.Time.GetUtcNow() };
            await store.SaveAsync(report, CancellationToken.None);
        }
        return report;
    }

    /// <summary>The account's digest goes to this address: it must be one that may know it, and no invented record may reach the real portal.</summary>
    private static string? TrainingComplaint(Uri training, PortalAccount? account)
    {
        if (!training.IsAbsoluteUri || training.Scheme is not ("https" or "http"))
            return "Địa chỉ Cổng đào tạo không hợp lệ; cần dạng https://…";
        return PortalHosts.KindOf(training) switch
        {
            PortalHostKind.Production => "Đây là Cổng thật: không gửi hồ sơ thử lên Cổng thật.",
            PortalHostKind.Training or PortalHostKind.ThisMachine => null,
            _ when account is not null && account.BaseAddress.Host == training.Host && account.BaseAddress.Port == training.Port => null,
            _ => "Không phải Cổng đào tạo đã biết của BHXH, cũng không phải Cổng mô phỏng trên máy này.",
        };
    }
}
