using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Records;

public abstract class RecordActionTests(Db db)
{
    [Fact]
    public async Task Held_record_waits_until_released_and_is_judged_again()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        Assert.IsType<ChangeResult.Done>(await w.Actions.HoldAsync(w.Officer, id, "chờ kết quả", null, default));
        await w.DrainAsync();
        RecordDetail held = await w.DetailAsync(id);
        Assert.Equal((RecordState.Held, "chờ kết quả"), (held.Current.State, held.Current.StateCause));

        ChangeResult.Done released = Assert.IsType<ChangeResult.Done>(await w.Actions.ReleaseAsync(w.Officer, id, null, default));

        Assert.Equal(RecordState.Ready, released.State);
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Refusals_are_values_with_a_code_and_a_sentence()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        Assert.Equal("reason-required", Assert.IsType<ChangeResult.Refused>(await w.Actions.HoldAsync(w.Officer, id, " ", null, default)).Code);
        Assert.Equal("wrong-state", Assert.IsType<ChangeResult.Refused>(await w.Actions.ReleaseAsync(w.Officer, id, null, default)).Code);
        await w.DrainAsync();
        Assert.Equal("wrong-state", Assert.IsType<ChangeResult.Refused>(await w.Actions.HoldAsync(w.Officer, id, "x", null, default)).Code);
        Assert.Equal("wrong-state", Assert.IsType<ChangeResult.Refused>(await w.Actions.ResendAsync(w.Officer, id, default)).Code);
        Assert.IsType<ChangeResult.NoSuchRecord>(await w.Actions.HoldAsync(w.Officer, Guid.NewGuid(), "x", null, default));
    }

    [Fact]
    public async Task Caller_without_permission_or_scope_changes_nothing()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        Caller auditor = w.Officer with { Permissions = Roles.PermissionsOf([Roles.Auditor]) };
        Caller stranger = w.Officer with { Scope = FacilityScope.Only("99002") };

        Assert.IsType<ChangeResult.Forbidden>(await w.Actions.HoldAsync(auditor, id, "x", null, default));
        Assert.IsType<ChangeResult.Forbidden>(await w.Corrections.CorrectAsync(auditor, id, [new CellChange("XML1", 1, "LY_DO_VV", "y")], "x", default));
        Assert.IsType<ChangeResult.NoSuchRecord>(await w.Actions.HoldAsync(stranger, id, "x", null, default));
        Assert.IsType<ChangeResult.NoSuchRecord>(await w.Corrections.CorrectAsync(stranger, id, [new CellChange("XML1", 1, "LY_DO_VV", "y")], "x", default));
        Assert.Null(await w.Queries.FindAsync(stranger, id, default));
        Assert.Null(await w.Queries.OpenAsync(stranger, id, null, default));
    }

    [Fact]
    public async Task Correction_makes_a_new_version_that_is_judged_signed_and_sent()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "BLOCK");

        ChangeResult.Done done = Assert.IsType<ChangeResult.Done>(await w.Corrections.CorrectAsync(
            w.Officer, id, [new CellChange("XML1", 1, "LY_DO_VV", "Đau bụng"), new CellChange("XML3", 1, "TEN_DICH_VU", "Khám ngoại")], "wrong code", default));

        Assert.Equal((2, RecordState.Ready), (done.Version, done.State));
        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal(("Correction", "wrong code", 2), (detail.Versions[0].Origin, detail.Versions[0].Reason, detail.Versions[0].Corrections.Count));
        Assert.Equal(new CorrectionView("XML1", 1, "LY_DO_VV", "BLOCK", "Đau bụng"), detail.Versions[0].Corrections[0]);
        using OpenRecord open = (await w.Queries.OpenAsync(w.Officer, id, 2, default))!;
        Assert.Equal("Khám ngoại", open.Record[Standard.TableId.Xml3]![0][Standard.Xml3.TEN_DICH_VU].Text);
        using OpenRecord before = (await w.Queries.OpenAsync(w.Officer, id, 1, default))!;
        Assert.Equal("Khám nội", before.Record[Standard.TableId.Xml3]![0][Standard.Xml3.TEN_DICH_VU].Text);
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        await w.AssertInvariantsAsync();
    }

    [Theory]
    [InlineData("XML1", 1, "MA_LK")]
    [InlineData("XML1", 1, "MA_CSKCB")]
    [InlineData("XML1", 2, "LY_DO_VV")]
    [InlineData("XML3", 0, "STT")]
    [InlineData("XML1", 1, "KHONG_CO")]
    [InlineData("XML99", 1, "STT")]
    public async Task Correction_of_a_key_or_of_a_cell_that_is_not_there_is_refused(string table, int row, string field)
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");

        ChangeResult result = await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange(table, row, field, "x")], "thử", default);

        Assert.Equal("bad-change", Assert.IsType<ChangeResult.Refused>(result).Code);
    }

    [Fact]
    public async Task Later_correction_keeps_the_earlier_one_in_effect()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange("XML1", 1, "LY_DO_VV", "một")], "a", default);

        await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange("XML1", 1, "HO_TEN", "Trần Đổi")], "b", default);

        VersionView version = (await w.DetailAsync(id)).Versions[0];
        Assert.Equal(["HO_TEN", "LY_DO_VV"], version.Corrections.Select(c => c.Field).Order());
    }

    [Fact]
    public async Task Judging_again_moves_between_ready_and_invalid_with_the_rules()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        w.Judge.BlocksEverything = true;
        Assert.Equal(RecordState.Invalid, Assert.IsType<ChangeResult.Done>(await w.Actions.RevalidateAsync(w.Officer, id, default)).State);
        await w.DrainAsync();
        Assert.Empty(w.Portal.Received);
        w.Judge.BlocksEverything = false;

        Assert.Equal(RecordState.Ready, Assert.IsType<ChangeResult.Done>(await w.Actions.RevalidateAsync(w.Officer, id, default)).State);

        Assert.Empty((await w.DetailAsync(id)).Findings);
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
    }

    [Fact]
    public async Task Rejected_record_can_be_sent_again_with_the_same_bytes()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        w.Portal.Script.Enqueue(FakePortal.Rejection("125"));
        await w.DrainAsync();

        Assert.IsType<ChangeResult.Done>(await w.Actions.ResendAsync(w.Officer, id, default));
        await w.DrainAsync();

        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        Assert.Equal(w.Portal.Received.First().Document, w.Portal.Received.Last().Document);
        await w.AssertInvariantsAsync();
    }
}

public sealed class RecordActionOnSqliteTests() : RecordActionTests(Db.Sqlite);

public sealed class RecordActionOnPostgresTests() : RecordActionTests(Db.Postgres);
