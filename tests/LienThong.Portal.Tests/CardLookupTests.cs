using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests;

public sealed class CardLookupTests
{
    private static readonly SimulatorOptions WithCards = new()
    {
        Cards =
        [
            new SimulatorCard("GD4990000012345", "Trần Thị Ví Dụ", "05/03/1990", new(2026, 1, 1), new(2026, 12, 31))
            {
                RegisteredFacility = "99001",
                Sex = "Nữ",
            },
            new SimulatorCard("GD4990000054321", "Lê Văn Mẫu", "1950", new(2025, 1, 1), new(2025, 12, 31)),
            new SimulatorCard("GD4990000099999", "Phạm Thử", "01/01/2000", new(2026, 1, 1), new(2026, 12, 31)) { FixedCode = "110" },
        ],
        Staff = new Dictionary<string, string>(StringComparer.Ordinal) { ["079085000111"] = "Lê Văn Mẫu" },
    };

    private static readonly CardQuery Good = new("GD4990000012345", "Trần Thị Ví Dụ", "05/03/1990", "Lê Văn Mẫu", "079085000111");

    [Fact]
    public async Task A_good_card_comes_with_all_its_fields_and_the_raw_answer()
    {
        await using Bench bench = await StartAsync();

        CardAnswer card = await AnsweredAsync(bench, Good);

        Assert.Equal(("000", "OK"), (card.Code, card.Meaning.Group));
        Assert.Equal("31/12/2026", card.Field("gtTheDen"));
        Assert.Equal("99001", card.Field("MADKBD"));
        Assert.Equal("", card.Field("khongCo"));
        Assert.Equal("99001_BV", Assert.Single(card.Checks).UserName);
        Assert.Contains("gtTheDen"u8.ToArray(), card.Answer.Body);
        Assert.True(card.Answer.IsSimulator);
    }

    [Fact]
    public async Task Each_fault_of_the_query_has_its_code()
    {
        await using Bench bench = await StartAsync();

        Assert.Equal("050", (await AnsweredAsync(bench, Good with { CardNumber = "GD4990000000000" })).Code);
        Assert.Equal("060", (await AnsweredAsync(bench, Good with { FullName = "Nguyễn Khác" })).Code);
        Assert.Equal("061", (await AnsweredAsync(bench, Good with { FullName = "Trần Khác" })).Code);
        Assert.Equal("070", (await AnsweredAsync(bench, Good with { BirthDate = "06/03/1990" })).Code);
        Assert.Equal("205", (await AnsweredAsync(bench, Good with { BirthDate = "1990-03-05" })).Code);
        Assert.Equal("054", (await AnsweredAsync(bench, Good with { StaffCitizenId = "000000000000" })).Code);
        Assert.Equal("055", (await AnsweredAsync(bench, Good with { StaffName = "Người Khác" })).Code);
        Assert.Equal("010", (await AnsweredAsync(bench, new("GD4990000054321", "Lê Văn Mẫu", "1950", "Lê Văn Mẫu", "079085000111"))).Code);
        Assert.Equal("110", (await AnsweredAsync(bench, new("GD4990000099999", "Phạm Thử", "01/01/2000", "Lê Văn Mẫu", "079085000111"))).Code);
    }

    [Fact]
    public async Task A_stale_token_is_renewed_once()
    {
        await using Bench bench = await StartAsync();
        await AnsweredAsync(bench, Good);
        bench.Portal.DropTokens();

        Assert.Equal("000", (await AnsweredAsync(bench, Good)).Code);
        Assert.Equal(2, bench.Logins);
    }

    [Fact]
    public async Task A_second_401_needs_a_person()
    {
        await using Bench bench = await StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = "code-401", Service = "card" });

        CardLookupOutcome outcome = await bench.Cards.LookupAsync(bench.Account, Good, CancellationToken.None);

        Assert.True(Assert.IsType<CardLookupOutcome.NotAnswered>(outcome).NeedsPerson);
    }

    [Theory]
    [InlineData(FaultKinds.Http500)]
    [InlineData(FaultKinds.EmptyBody)]
    [InlineData(FaultKinds.Garbled)]
    [InlineData(FaultKinds.Reset)]
    public async Task No_usable_answer_is_kept_as_such(string kind)
    {
        await using Bench bench = await StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = kind, Service = "card" });

        CardLookupOutcome outcome = await bench.Cards.LookupAsync(bench.Account, Good, CancellationToken.None);

        Assert.False(Assert.IsType<CardLookupOutcome.NotAnswered>(outcome).NeedsPerson);
    }

    [Theory]
    [InlineData("199003050000", "05/03/1990")]
    [InlineData("19900305", "05/03/1990")]
    [InlineData("199003000000", "1990")]
    [InlineData("199000000000", "1990")]
    [InlineData("1990", null)]
    [InlineData("1990-3-5", null)]
    public void The_birth_date_of_a_record_becomes_what_the_lookup_takes(string ngaySinh, string? expected) =>
        Assert.Equal(expected, CardQuery.BirthDateFromRecord(ngaySinh));

    private static Task<Bench> StartAsync() => Bench.StartAsync(WithCards, time: TestClock.July1st());

    private static async Task<CardAnswer> AnsweredAsync(Bench bench, CardQuery query) =>
        Assert.IsType<CardLookupOutcome.Answered>(await bench.Cards.LookupAsync(bench.Account, query, CancellationToken.None)).Card;
}
