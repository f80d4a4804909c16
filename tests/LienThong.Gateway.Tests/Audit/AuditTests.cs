using LienThong.Gateway.Audit;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Audit;

public abstract class AuditTests(Db db)
{
    [Fact]
    public async Task Every_change_of_a_record_is_in_an_intact_chain()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        await w.DrainAsync();

        IReadOnlyList<AuditEntry> entries = await w.Get<AuditLog>().ListAsync(w.Officer, null, $"{id}/1", 50, default);

        Assert.Equal(
            ["record.PortalAccepted", "record.Queued", "record.SignedBy", "record.version-stored"], entries.Select(e => e.Action));
        Assert.True((await w.Get<AuditLog>().VerifyAsync(default)).Intact);
    }

    [Theory]
    [InlineData("UPDATE audit_entry SET actor = 'ai khác' WHERE sequence = 3", 3)]
    [InlineData("UPDATE audit_entry SET detail = detail || 'x' WHERE sequence = 5", 5)]
    [InlineData("UPDATE audit_entry SET occurred_at = occurred_at + 1 WHERE sequence = 2", 2)]
    [InlineData("DELETE FROM audit_entry WHERE sequence = 4", 4)]
    [InlineData("DELETE FROM audit_entry WHERE sequence = 8", 8)]
    public async Task Any_change_of_the_log_is_found_at_its_place(string tampering, long at)
    {
        await using World w = await World.CreateAsync(db, facility: false);
        for (int i = 1; i <= 8; i++)
            await w.Get<AuditLog>().NoteAsync(w.Officer, A.Facility, "test", $"s{i}", "d", default);
        await using (WriteSession session = await w.Database.BeginAsync(default))
        {
            await session.ExecuteAsync(tampering, null, default);
            await session.CommitAsync(default);
        }

        AuditCheck check = await w.Get<AuditLog>().VerifyAsync(default);

        Assert.Equal((false, at), (check.Intact, check.BrokenAt));
    }

    [Fact]
    public async Task Entries_of_a_transaction_that_is_rolled_back_leave_no_gap()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        await using (WriteSession session = await w.Database.BeginAsync(default))
            session.Audit("", "x", "lost", "y");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => w.Get<AuditLog>().NoteAsync(w.Officer, A.Facility, "test", $"s{i}", "", default))));

        Assert.Equal(new AuditCheck(20, null, null), await w.Get<AuditLog>().VerifyAsync(default));
    }

    [Fact]
    public void Canonical_form_keeps_neighbouring_fields_apart() =>
        Assert.NotEqual(
            new AuditEntry(1, 1, "a", "b", "c", "de", "f", "", "").ComputeHash(), new AuditEntry(1, 1, "a", "b", "c", "d", "ef", "", "").ComputeHash());
}

public sealed class AuditOnSqliteTests() : AuditTests(Db.Sqlite);

public sealed class AuditOnPostgresTests() : AuditTests(Db.Postgres);
