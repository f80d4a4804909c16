using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Doctor;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using LienThong.PortalSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Doctor;

/// <summary>Each fault of an account is found by its own step, and none of them costs a second try of a refused password.</summary>
public abstract class DoctorTests(Db db)
{
    private const string User = A.Facility + "_BV";
    private const string Password = "đúng mật khẩu";

    [Fact]
    public async Task A_sound_account_passes_and_its_invented_record_arrives_signed()
    {
        await using World w = await World.CreateAsync(db);
        await using PortalSimulatorHost portal = await PortalAsync(w);
        List<string> told = [];

        DoctorReport report = await RunAsync(w, onStep: s => told.Add(s.Id));

        Assert.Equal(["address", "dns", "tcp", "tls", "clock", "account-format", "login", "facility", "permission", "signing-key", "registration", "allow-list", "training"], told);
        Assert.All(report.Steps.Where(s => s.Id is not ("address" or "tls")), s => Assert.True(s.Status == DoctorStatus.Ok, $"{s.Id}: {s.Message}"));
        Assert.Equal((DoctorStatus.Warning, DoctorStatus.NotDone), (Of(report, "address").Status, Of(report, "tls").Status));
        ReceivedDocument document = Assert.Single(portal.Store.Documents());
        Assert.StartsWith("KIEMTRA.99001.", document.MaLk, StringComparison.Ordinal);
        string all = JsonSerializer.Serialize(report);
        Assert.DoesNotContain(PortalAccount.Digest(Password), all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Password, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_are_kept_and_shown_within_the_callers_facilities()
    {
        await using World w = await World.CreateAsync(db);
        await using PortalSimulatorHost portal = await PortalAsync(w);
        DoctorReport report = await RunAsync(w);
        Caller stranger = w.Officer with { Scope = FacilityScope.Only("99002") };
        AccountDoctor doctor = w.Get<AccountDoctor>();

        DoctorReport kept = Assert.Single(await doctor.ListAsync(w.Officer, A.Facility, 10, default));

        Assert.Equal((report.Id, report.EndedAt, 13), (kept.Id, kept.EndedAt, kept.Steps.Count));
        Assert.Equal(report.Steps, kept.Steps);
        Assert.Empty(await doctor.ListAsync(stranger, A.Facility, 10, default));
        Assert.Null(await doctor.FindAsync(stranger, report.Id, default));
        Assert.Equal("no-such-facility", Assert.IsType<DoctorStart.Refused>(await doctor.StartAsync(stranger, A.Facility, null, null, default)).Code);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once_until_somebody_enters_another()
    {
        await using World w = await World.CreateAsync(db);
        await using PortalSimulatorHost portal = await PortalAsync(w, password: "sai");

        DoctorStep first = Of(await RunAsync(w), "login");
        DoctorStep second = Of(await RunAsync(w), "login");
        int tries = portal.Store.Requests().Count(r => r.Service == "token");
        await SetAccountAsync(w, portal.BaseAddress, Password);
        DoctorStep third = Of(await RunAsync(w), "login");

        Assert.Equal(DoctorStatus.Failed, first.Status);
        Assert.Contains("mã 401", first.Message, StringComparison.Ordinal);
        Assert.Contains("Không thử lại", first.Remedy, StringComparison.Ordinal);
        Assert.Equal(DoctorStatus.Failed, second.Status);
        Assert.Contains("không thử lại", second.Message, StringComparison.Ordinal);
        Assert.Equal(1, tries);
        Assert.Equal(DoctorStatus.Ok, third.Status);
    }

    [Fact]
    public async Task A_password_that_sending_found_refused_is_not_tried_again()
    {
        await using World w = await World.CreateAsync(db, configure: services => services.AddSingleton<IPortalChannel>(p =>
            BhxhPortalChannel.Create(new PortalOptions(), p.GetRequiredService<TimeProvider>())));
        await using PortalSimulatorHost portal = await PortalAsync(w, password: "sai");
        await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        Assert.Single(portal.Store.Requests(), r => r.Service == "token");

        DoctorReport report = await RunAsync(w);

        Assert.Equal(DoctorStatus.Failed, Of(report, "login").Status);
        Assert.Contains("khi gửi hồ sơ", Of(report, "login").Message, StringComparison.Ordinal);
        Assert.Single(portal.Store.Requests(), r => r.Service == "token");
        Assert.Equal(DoctorStatus.NotDone, Of(report, "training").Status);
    }

    [Fact]
    public async Task A_locked_account_is_told_and_tried_again_later()
    {
        await using World w = await World.CreateAsync(db);
        await using PortalSimulatorHost portal = await PortalAsync(w, account: new SimulatorAccount(A.Facility, User, Password) { Locked = true });

        DoctorStep locked = Of(await RunAsync(w), "login");
        DoctorStep soon = Of(await RunAsync(w), "login");
        w.Time.Advance(TimeSpan.FromMinutes(16));
        await RunAsync(w);

        Assert.Contains("mã 403", locked.Message, StringComparison.Ordinal);
        Assert.Contains("mở khóa", locked.Remedy, StringComparison.Ordinal);
        Assert.Contains("không thử lại", soon.Message, StringComparison.Ordinal);
        Assert.Equal(2, portal.Store.Requests().Count(r => r.Service == "token"));
    }

    [Fact]
    public async Task An_account_of_another_facility_is_found_by_the_portals_answer()
    {
        await using World w = await World.CreateAsync(db);
        await using PortalSimulatorHost portal = await PortalAsync(w, account: new SimulatorAccount("99002", User, Password));

        DoctorStep permission = Of(await RunAsync(w), "permission");

        Assert.Equal(DoctorStatus.Failed, permission.Status);
        Assert.Contains("mã 402", permission.Message, StringComparison.Ordinal);
        Assert.Empty(portal.Store.Documents());
    }

    [Fact]
    public async Task An_account_named_after_another_facility_is_found_before_anything_is_sent()
    {
        await using World w = await World.CreateAsync(db);
        await using PortalSimulatorHost portal = await PortalAsync(w, account: new SimulatorAccount("", "99002_BV", Password), user: "99002_BV");

        DoctorReport report = await RunAsync(w);

        Assert.Equal((DoctorStatus.Failed, DoctorStatus.Failed), (Of(report, "account-format").Status, Of(report, "facility").Status));
        Assert.Empty(portal.Store.Documents());
    }

    [Fact]
    public async Task A_clock_that_runs_wrong_is_a_warning()
    {
        await using World w = await World.CreateAsync(db);
        await using PortalSimulatorHost portal = await PortalAsync(w);
        portal.Faults.Add(new FaultRule { Kind = FaultKinds.ClockSkew, Seconds = 120 });

        DoctorStep clock = Of(await RunAsync(w), "clock");

        Assert.Equal(DoctorStatus.Warning, clock.Status);
        Assert.Contains("chậm 120 giây", clock.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blocked_address_is_told_as_such()
    {
        await using World w = await World.CreateAsync(db);
        await using PortalSimulatorHost portal = await PortalAsync(w);
        portal.Faults.Add(new FaultRule { Kind = FaultKinds.AddressBlocked, Service = "token" });

        DoctorReport report = await RunAsync(w);

        Assert.Equal(DoctorStatus.Failed, Of(report, "login").Status);
        Assert.Equal(DoctorStatus.Failed, Of(report, "allow-list").Status);
        Assert.Contains("CV 1923", Of(report, "allow-list").Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_the_portal_does_not_know_is_found_by_the_send()
    {
        await using World w = await World.CreateAsync(db);
        await using PortalSimulatorHost portal = await PortalAsync(w, account: new SimulatorAccount(A.Facility, User, Password) { CertificateSerials = ["00AB"] });

        DoctorStep training = Of(await RunAsync(w), "training");

        Assert.Equal(DoctorStatus.Failed, training.Status);
        Assert.Contains("mã 125", training.Message, StringComparison.Ordinal);
        Assert.Contains("số sê-ri", training.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_trusted_gets_no_password()
    {
        await using World w = await World.CreateAsync(db);
        await using UntrustedServer server = new();
        await SetAccountAsync(w, server.Address, Password);

        DoctorReport report = await RunAsync(w);

        Assert.Equal(DoctorStatus.Failed, Of(report, "tls").Status);
        Assert.Contains("không được tin cậy", Of(report, "tls").Message, StringComparison.Ordinal);
        Assert.Equal((DoctorStatus.NotDone, DoctorStatus.NotDone), (Of(report, "login").Status, Of(report, "training").Status));
        Assert.Equal(0, server.BytesSeen);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_with_the_hint_at_registered_addresses()
    {
        await using World w = await World.CreateAsync(db);
        int free;
        using (TcpListener listener = new(IPAddress.Loopback, 0))
        {
            listener.Start();
            free = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        await SetAccountAsync(w, new Uri($"http://127.0.0.1:{free}/"), Password);

        DoctorReport report = await RunAsync(w);

        Assert.Equal(DoctorStatus.Failed, Of(report, "tcp").Status);
        Assert.Equal((DoctorStatus.NotDone, DoctorStatus.Warning), (Of(report, "login").Status, Of(report, "allow-list").Status));
        Assert.Equal(DoctorStatus.Ok, Of(report, "signing-key").Status);
    }

    [Fact]
    public async Task A_facility_without_account_and_key_is_told_what_is_missing()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        await w.Facilities.SaveAsync(w.Officer, A.Facility, "Cơ sở", null, 4, null, default);

        DoctorReport report = await RunAsync(w);

        Assert.Equal((DoctorStatus.Failed, DoctorStatus.Failed), (Of(report, "address").Status, Of(report, "signing-key").Status));
        Assert.Equal(13, report.Steps.Count);
    }

    [Theory]
    [InlineData("https://egw.baohiemxahoi.gov.vn")]
    [InlineData("https://GDBHYT.baohiemxahoi.gov.vn./x")]
    [InlineData("https://vi-du.invalid")]
    [InlineData("ftp://daotaoegw.baohiemxahoi.gov.vn")]
    public async Task An_invented_record_goes_neither_to_the_real_portal_nor_to_a_stranger(string address)
    {
        await using World w = await World.CreateAsync(db);
        await using PortalSimulatorHost portal = await PortalAsync(w);

        DoctorStart start = await w.Get<AccountDoctor>().StartAsync(w.Officer, A.Facility, new Uri(address), null, default);

        Assert.Equal("bad-training", Assert.IsType<DoctorStart.Refused>(start).Code);
        Assert.Empty(portal.Store.Requests());
    }

    [Fact]
    public async Task Two_checks_at_once_are_one()
    {
        await using World w = await World.CreateAsync(db);
        await using PortalSimulatorHost portal = await PortalAsync(w);
        AccountDoctor doctor = w.Get<AccountDoctor>();

        DoctorStart[] starts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => doctor.StartAsync(w.Officer, A.Facility, null, null, default))));

        DoctorStart.Running only = Assert.Single(starts.OfType<DoctorStart.Running>());
        Assert.All(starts.OfType<DoctorStart.Refused>(), r => Assert.Equal("too-soon", r.Code));
        await only.Report;
        Assert.Single(portal.Store.Documents());
    }

    private static async Task<PortalSimulatorHost> PortalAsync(World w, string password = Password, SimulatorAccount? account = null, string user = User)
    {
        PortalSimulatorHost portal = await PortalSimulatorHost.StartAsync(new SimulatorOptions { Accounts = [account ?? new SimulatorAccount(A.Facility, User, Password)], Time = w.Time });
        await SetAccountAsync(w, portal.BaseAddress, password, user);
        return portal;
    }

    private static async Task SetAccountAsync(World w, Uri address, string password, string user = User) => Assert.True((await w.Facilities.SetPortalAccountAsync(
        w.Officer, new PortalAccount(address, A.Facility, A.Facility[..2], user, PortalAccount.Digest(password)), default)).Ok);

    private static async Task<DoctorReport> RunAsync(World w, Action<DoctorStep>? onStep = null)
    {
        w.Time.Advance(AccountDoctor.Pause);
        return await Assert.IsType<DoctorStart.Running>(await w.Get<AccountDoctor>().StartAsync(w.Officer, A.Facility, null, onStep, default)).Report;
    }

    private static DoctorStep Of(DoctorReport report, string step) => report.Steps.Single(s => s.Id == step);
}

public sealed class DoctorOnSqliteTests() : DoctorTests(Db.Sqlite);

public sealed class DoctorOnPostgresTests() : DoctorTests(Db.Postgres);
