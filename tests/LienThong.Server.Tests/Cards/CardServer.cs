using LienThong.Gateway.Access;
using LienThong.Gateway.Cards;
using LienThong.Gateway.Facilities;
using LienThong.Portal;
using LienThong.PortalSimulator;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Cards;

/// <summary>The server beside a simulated portal that knows one card.</summary>
public sealed class CardServer : IAsyncLifetime
{
    public const string Number = "GD4990000012345";
    public const string Name = "Trần Thị Ví Dụ";

    public static readonly SimulatorCard Card = new(Number, Name, "05/03/1990", new DateOnly(2026, 1, 1), new DateOnly(2099, 12, 31))
    {
        RegisteredFacility = RunningServer.Facility,
        Sex = "Nữ",
        CitizenId = "099090000123",
        Visits = [new SimulatorVisit("1", "99014", "202604020822", "202604021741", "J00 - Viêm mũi họng cấp"), new SimulatorVisit("2", "99014", "202605020822", "202605021741", "B20 - Bệnh HIV")],
    };

    public RunningServer Server { get; } = new();

    public PortalSimulatorHost Portal { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Portal = await PortalSimulatorHost.StartAsync(new SimulatorOptions
        {
            Accounts = [new SimulatorAccount(RunningServer.Facility, RunningServer.Facility + "_BV", "x")],
            Cards = [Card],
            Staff = new Dictionary<string, string>(StringComparer.Ordinal) { ["079085000111"] = "Lê Văn Mẫu" },
        });
        await Server.InitializeAsync();
        Assert.True((await Server.Get<FacilitySettings>().SetPortalAccountAsync(
            Caller.System(), new PortalAccount(Portal.BaseAddress, RunningServer.Facility, "99", RunningServer.Facility + "_BV", PortalAccount.Digest("x")), default)).Ok);
        Assert.True((await Server.Get<CardSettings>().SetStaffAsync(Caller.System(), RunningServer.Facility, new CardStaff("Lê Văn Mẫu", "079085000111"), forFacility: true, default)).Ok);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Portal.DisposeAsync();
    }
}
