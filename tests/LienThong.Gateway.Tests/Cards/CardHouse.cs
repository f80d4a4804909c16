using LienThong.Gateway.Access;
using LienThong.Gateway.Cards;
using LienThong.Gateway.Records;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using LienThong.PortalSimulator;
using LienThong.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Cards;

/// <summary>A gateway with the real rules beside a simulated portal that knows some cards and one member of staff.</summary>
internal sealed class CardHouse : IAsyncDisposable
{
    public const string Number = "GD4990000012345";
    public const string Name = "Trần Thị Ví Dụ";
    public const string Birth = "05/03/1990";
    public static readonly CardStaff Staff = new("Lê Văn Mẫu", "079085000111");

    public static readonly SimulatorCard Card = new(Number, Name, Birth, new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31))
    {
        RegisteredFacility = A.Facility,
        Sex = "Nữ",
        CitizenId = "099090000123",
        FiveYears = new DateOnly(2025, 6, 1),
        Visits = [new SimulatorVisit("2405580001", "99014", "202604020822", "202604021741", "J00 - Viêm mũi họng cấp"), new SimulatorVisit("2405580002", "99014", "202605020822", "202605021741", "B20 - Bệnh HIV")],
    };

    private CardHouse(World world, PortalSimulatorHost portal) => (World, Portal) = (world, portal);

    public World World { get; }

    public PortalSimulatorHost Portal { get; }

    public CardDesk Desk => World.Get<CardDesk>();

    public CardRound Round => World.Get<CardRound>();

    public CardWorkList List => World.Get<CardWorkList>();

    public static async Task<CardHouse> OpenAsync(Db db)
    {
        World world = await World.CreateAsync(db, configure: UseRules);
        PortalSimulatorHost portal = await PortalSimulatorHost.StartAsync(new SimulatorOptions
        {
            Accounts = [new SimulatorAccount(A.Facility, A.Facility + "_BV", "x")],
            Cards = [Card],
            Staff = new Dictionary<string, string>(StringComparer.Ordinal) { [Staff.CitizenId] = Staff.Name },
            Time = world.Time,
        });
        CardHouse house = new(world, portal);
        await house.UseAsync(portal.BaseAddress);
        Assert.True((await world.Get<CardSettings>().SetStaffAsync(world.Officer, A.Facility, Staff, forFacility: true, default)).Ok);
        return house;
    }

    public async Task UseAsync(Uri portal) => Assert.True((await World.Facilities.SetPortalAccountAsync(
        World.Officer, new PortalAccount(portal, A.Facility, A.Facility[..2], A.Facility + "_BV", PortalAccount.Digest("x")), default)).Ok);

    public async Task<CardLookupView> LookUpAsync(CardRequest? request = null, Caller? by = null) =>
        Assert.IsType<CardLookupResult.Done>(await Desk.LookUpAsync(by ?? World.Officer, request ?? Request(), default)).Lookup;

    public static CardRequest Request(string maLk = "") => new() { Facility = A.Facility, Number = Number, Name = Name, Birth = Birth, MaLk = maLk };

    public async Task<IReadOnlyList<CardVisitView>> OpenVisitsAsync(params CardState[] states) => (await List.OpenAsync(World.Officer, null, states, new PageRequest(), default)).Items;

    public async Task<IReadOnlyList<CardChangeView>> ChangesAsync() => (await List.ChangesAsync(World.Officer, null, false, new PageRequest(), default)).Items;

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await World.DisposeAsync();
    }

    private static void UseRules(IServiceCollection services) => services.AddSingleton<IRecordJudge>(new RuleJudge(Validator.Create()));
}
