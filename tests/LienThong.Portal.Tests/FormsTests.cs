using System.Text;
using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests;

/// <summary>The forms of TT 12/2026: their own paths, field names and codes. The simulator is strict about all of them.</summary>
public sealed class FormsTests
{
    public static TheoryData<PortalService, string, string> All => new()
    {
        { PortalService.DepartmentsForm, "01/DM", Catalogue("DANHSACH_DMBOPHANCHUYENMON", "DMBOPHANCHUYENMON") },
        { PortalService.StaffForm, "02/DM", Catalogue("DANHSACH_DMNHANLUCKBCB", "DMNHANLUCKBCB") },
        { PortalService.DrugsForm, "03/DM", Catalogue("DANHSACH_DMTHUOCMAUCHEPHAMMAU", "DMTHUOCMAUCHEPHAMMAU") },
        { PortalService.SuppliesForm, "04/DM", Catalogue("DSACH_TBYT", "DM_TBYT") },
        { PortalService.ServicesForm, "05/DM", Catalogue("DANHSACH_DMDICHVUKBCB", "DMDICHVUKBCB") },
        { PortalService.EquipmentForm, "06/DM", Catalogue("DSACH_TBYTTHDV", "DM_TBYTTHDV") },
        { PortalService.MonthlySummary, "01/BH", Summary },
        { PortalService.Adjustments, "09/BH", Adjustment("99001") },
    };

    private static string Summary =>
        "<HSTH01BH><DS_CHITIET Id=\"Id-1\"><CHITIET_HS01BH><STT>1</STT><MA_CSKCB>99002</MA_CSKCB></CHITIET_HS01BH></DS_CHITIET><CHUKYDONVI/></HSTH01BH>";

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_form_is_accepted_whatever_the_release(PortalService service, string name, string document)
    {
        await using Bench bench = await Bench.StartAsync();

        SendOutcome outcome = await bench.SendAsync(Form(service, document));

        PortalReceipt receipt = Assert.IsType<SendOutcome.Accepted>(outcome).Receipt;
        ReceivedDocument received = Assert.Single(bench.Portal.Store.Documents());
        Assert.Equal((name, receipt.TransactionCode), (received.Service, received.TransactionCode));
        Assert.Equal(document, Encoding.UTF8.GetString(received.Bytes!));
        Assert.Equal(service == PortalService.Adjustments, bench.Portal.Store.Requests().Single(r => r.Service == name).WasJson);
    }

    [Theory]
    [InlineData(PortalService.MonthlySummary)]
    [InlineData(PortalService.Adjustments)]
    public async Task A_form_with_a_period_isnt_sent_without_one(PortalService service)
    {
        await using Bench bench = await Bench.StartAsync();

        foreach (string period in new[] { "", "2026", "202613", "07/2026" })
        {
            SendOutcome.NotSent outcome = Assert.IsType<SendOutcome.NotSent>(
                await bench.SendAsync(Form(service, service == PortalService.Adjustments ? Adjustment("99001") : Summary) with { Period = period }));
            Assert.True(outcome.NeedsPerson);
            Assert.Contains("yyyyMM", outcome.Cause, StringComparison.Ordinal);
        }

        Assert.Empty(bench.Portal.Store.Requests());
    }

    [Fact]
    public async Task An_adjustment_of_another_facility_is_not_sent()
    {
        await using Bench bench = await Bench.StartAsync();

        SendOutcome outcome = await bench.SendAsync(Form(PortalService.Adjustments, Adjustment("99002")));

        Assert.True(Assert.IsType<SendOutcome.NotSent>(outcome).NeedsPerson);
        Assert.Empty(bench.Portal.Store.Requests());
    }

    [Theory]
    [InlineData("<HSDANHMUC>", "204")]
    [InlineData("<KHAC/>", "123")]
    [InlineData("<HSDANHMUC><DSACH_TBYT><DM_TBYT/></DSACH_TBYT><CHUKYDONVI/></HSDANHMUC>", "123")]
    public async Task A_faulty_form_is_rejected_with_the_code_of_its_family(string document, string code)
    {
        await using Bench bench = await Bench.StartAsync();

        SendOutcome.Rejected outcome = Assert.IsType<SendOutcome.Rejected>(await bench.SendAsync(Form(PortalService.SuppliesForm, document)));

        Assert.Equal(code, outcome.Code);
    }

    [Fact]
    public async Task A_401_to_a_form_renews_once()
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = "code-401", Service = "09/BH", Count = 1 });

        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(Form(PortalService.Adjustments, Adjustment("99001"))));
        Assert.Equal(2, bench.Logins);
    }

    [Fact]
    public void The_same_code_means_another_thing_to_a_form()
    {
        PortalResultCodes codes = PortalResultCodes.Default;

        Assert.Contains("điều chỉnh", codes.Get("204", "tt12").Meaning, StringComparison.Ordinal);
        Assert.DoesNotContain("điều chỉnh", codes.Get("204").Meaning, StringComparison.Ordinal);
        Assert.Equal(codes.Get("1001"), codes.Get("1001", "tt12"));
        Assert.All(codes.OfFamily("tt12"), static c => Assert.True(c.Meaning.Length > 5 && c.Remedy.Length > 5 && c.Source.Length > 3, c.Code));
    }

    private static PortalSubmission Form(PortalService service, string document) =>
        new("99001", "bieu-mau-1", service, "QD3176", Encoding.UTF8.GetBytes(document)) { Period = "202607" };

    private static string Catalogue(string list, string item) =>
        $"<HSDANHMUC><{list} Id=\"Id-1\"><{item}><STT>1</STT></{item}></{list}><CHUKYDONVI/></HSDANHMUC>";

    private static string Adjustment(string facility) =>
        $"<HOSO_DIEUCHINH_GD><TT_HOSO Id=\"Id-1\"><TT_MAU><MAU_SO>09/BH</MAU_SO><MA_CSKCB>{facility}</MA_CSKCB></TT_MAU><TT_DIEUCHINH/></TT_HOSO>"
        + "<CHUKYDONVI/></HOSO_DIEUCHINH_GD>";
}
