using System.Buffers;
using System.Text;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using LienThong.Signing;
using LienThong.Standard;
using Record = LienThong.Standard.Record;

namespace LienThong.Gateway.Tests.Deliveries;

/// <summary>Signed documents that are neither record nor check-in.</summary>
public abstract class DocumentTests(Db db)
{
    private const string Staff = """<HSDANHMUC><DANHSACH_DMNHANLUCKBCB Id="Id-1"><DMNHANLUCKBCB><HO_TEN>Nguyễn Thị Thử</HO_TEN></DMNHANLUCKBCB></DANHSACH_DMNHANLUCKBCB><CHUKYDONVI></CHUKYDONVI></HSDANHMUC>""";

    [Fact]
    public async Task A_signed_assessment_and_a_signed_form_are_sent_as_they_are_and_once()
    {
        await using World w = await World.CreateAsync(db);
        DocumentDesk desk = w.Get<DocumentDesk>();
        byte[] assessment = await SignAsync(w, Assessment(), SignatureProfile.EnvelopedPackage), form = await SignAsync(w, Encoding.UTF8.GetBytes(Staff), FormProfiles.Named("02/DM")!);

        DocumentTaken first = await desk.SubmitAsync(w.Officer, A.Facility, PortalService.MedicalAssessment, assessment, null, default);
        DocumentTaken second = await desk.SubmitAsync(w.Officer, A.Facility, PortalService.StaffForm, form, null, default);
        DocumentTaken again = await desk.SubmitAsync(w.Officer, A.Facility, PortalService.StaffForm, form, null, default);
        await w.DeliverAsync();

        Assert.True(first.Change.Done, first.Change.Message);
        Assert.True(second.Change.Done, second.Change.Message);
        Assert.Equal((second.Delivery, false), (again.Delivery, again.IsNew));
        Assert.Equal([assessment, form], w.Portal.Received.Select(r => r.Document).OrderByDescending(d => d.SequenceEqual(assessment)));
        DeliveryView sent = (await w.Deliveries.FindAsync(w.Officer, second.Delivery!.Value, default))!.Delivery;
        Assert.Equal((DeliveryState.Accepted, "StaffForm", World.Keys.Serial), (sent.State, sent.Service, sent.CertificateSerial));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task What_is_unsigned_changed_signed_otherwise_or_lacks_its_period_is_refused()
    {
        await using World w = await World.CreateAsync(db);
        DocumentDesk desk = w.Get<DocumentDesk>();
        byte[] form = await SignAsync(w, Encoding.UTF8.GetBytes(Staff), FormProfiles.Named("02/DM")!);
        byte[] changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(form).Replace("Thử", "Khác", StringComparison.Ordinal));

        foreach ((PortalService service, byte[] document, string? period) in ((PortalService, byte[], string?)[])[
            (PortalService.StaffForm, Encoding.UTF8.GetBytes(Staff), null), (PortalService.StaffForm, changed, null), (PortalService.DrugsForm, form, null),
            (PortalService.StaffForm, form, "202607"), (PortalService.MonthlySummary, form, null), (PortalService.MonthlySummary, form, "202613"),
            (PortalService.MedicalAssessment, form, null), (PortalService.Record, form, null), (PortalService.StaffForm, [], null)])
            Assert.Equal("refused", (await desk.SubmitAsync(w.Officer, A.Facility, service, document, period, default)).Change.Code);

        Assert.Equal("not-found", (await desk.SubmitAsync(w.Officer, "99999", PortalService.StaffForm, form, null, default)).Change.Code);
        Assert.Equal("forbidden", (await desk.SubmitAsync(w.Officer with { Permissions = new HashSet<string>() }, A.Facility, PortalService.StaffForm, form, null, default)).Change.Code);
        Assert.Empty((await w.Deliveries.ListAsync(w.Officer, new DeliveryFilter(), new LienThong.Gateway.Records.PageRequest(), default)).Items);
    }

    private static async Task<byte[]> SignAsync(World w, byte[] document, SignatureProfile profile)
    {
        SignerLoad? load = await w.Get<SigningKeys>().SignerOfAsync(A.Facility, default);
        SignResult result = await load!.Signer!.SignAsync(document, new SignOptions { At = w.Time.GetUtcNow(), Profile = profile }, default);
        return Assert.IsType<SignResult.Signed>(result).Bytes;
    }

    private static byte[] Assessment()
    {
        ArrayBufferWriter<byte> output = new();
        RecordBuilder builder = new();
        builder.AddRow(TableId.Xml12).Set(Xml12.HO_TEN, "Nguyễn Thị Thử");
        using Record record = builder.Build();
        DocumentWriter.WriteAssessment(output, Releases.Get("QD3176"), record);
        return output.WrittenSpan.ToArray();
    }
}

public sealed class DocumentOnSqliteTests() : DocumentTests(Db.Sqlite);

public sealed class DocumentOnPostgresTests() : DocumentTests(Db.Postgres);
