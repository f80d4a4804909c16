using System.Buffers;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Gateway.Tests.Support;
using LienThong.Samples;
using LienThong.Standard;
using LienThong.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Intake;

/// <summary>The same way with the real rules and invented patients of several sizes.</summary>
public abstract class RealRulesTests(Db db)
{
    private readonly SampleFactory factory = new(new SampleOptions { FacilityCode = A.Facility, To = new DateOnly(2026, 7, 9) });

    [Fact]
    public async Task Clean_records_of_every_size_go_all_the_way()
    {
        await using World w = await World.CreateAsync(db, configure: UseRules);

        IntakeReport report = await w.IngestAsync(Package(
            [.. Enumerable.Range(0, 12).Select(i => factory.Create(SampleKind.Outpatient, i)), factory.Create(SampleKind.ShortStay, 12), factory.Create(SampleKind.Inpatient, 13)]));

        Assert.Equal((14, 14, 0), (report.Found, report.Stored, report.Blocked));
        await w.DrainAsync();
        Assert.Equal(14, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Accepted]);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Wrong_total_blocks_at_its_cell_and_a_correction_lets_it_go()
    {
        await using World w = await World.CreateAsync(db, configure: UseRules);
        RecordBuilder record = factory.Create(SampleKind.Outpatient, 1);
        string right = record.Rows(TableId.Xml1)[0][Xml1.T_BHTT]!;
        Guid id = (await w.IngestAsync(Package(record.Set(Xml1.T_BHTT, "1")))).Records[0].RecordId!.Value;
        RecordDetail blocked = await w.DetailAsync(id);
        Assert.Equal(RecordState.Invalid, blocked.Current.State);
        Assert.Contains(blocked.Findings, f => f is { Severity: Severity.Block, Table: "XML1", Row: 1, Field: "T_BHTT", Value: "1" });

        ChangeResult result = await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange("XML1", 1, "T_BHTT", right)], "cost correction", default);

        Assert.Equal(RecordState.Ready, Assert.IsType<ChangeResult.Done>(result).State);
        Assert.IsType<ChangeResult.Done>(await w.Actions.RevalidateAsync(w.Officer, id, default));
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
    }

    [Fact]
    public async Task Record_of_another_facility_than_its_envelope_is_blocked()
    {
        await using World w = await World.CreateAsync(db, configure: UseRules);

        IntakeReport report = await w.IngestAsync(Package("99002", factory.Create(SampleKind.Outpatient, 3)));

        RecordDetail detail = await w.DetailAsync(report.Records[0].RecordId!.Value);
        Assert.Equal(RecordState.Invalid, detail.Current.State);
        Assert.Contains(detail.Findings, f => f is { Rule: "PKG-MACSKCB-002", Severity: Severity.Block });
    }

    private static void UseRules(IServiceCollection services) => services.AddSingleton<IRecordJudge>(new RuleJudge(Validator.Create()));

    private byte[] Package(params RecordBuilder[] records) => Package(A.Facility, records);

    private byte[] Package(string envelopeFacility, params RecordBuilder[] records)
    {
        ArrayBufferWriter<byte> output = new();
        PackageWriter writer = new(output, PackageHeader.For(envelopeFacility, new DateOnly(2026, 7, 9), records.Length));
        foreach (RecordBuilder builder in records)
        {
            using LienThong.Standard.Record record = builder.Build();
            writer.Add(record, factory.ReleaseOf(builder));
        }
        writer.End();
        return output.WrittenSpan.ToArray();
    }
}

public sealed class RealRulesOnSqliteTests() : RealRulesTests(Db.Sqlite);

public sealed class RealRulesOnPostgresTests() : RealRulesTests(Db.Postgres);
