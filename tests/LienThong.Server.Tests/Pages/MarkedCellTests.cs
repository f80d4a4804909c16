using LienThong.Gateway.Records;
using LienThong.Server.Pages.Records;
using LienThong.Standard;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LienThong.Server.Tests.Pages;

/// <summary>How cells are marked, component by component.</summary>
public sealed class MarkedCellTests
{
    private static readonly ColumnView Quantity = new("SO_LUONG", "Số lượng");
    private static readonly ColumnView Name = new("TEN_DICH_VU", "Tên dịch vụ");

    [Theory]
    [InlineData(Severity.Block, "cell-block")]
    [InlineData(Severity.Warn, "cell-warn")]
    [InlineData(Severity.Info, "cell-info")]
    public async Task A_cell_is_marked_by_its_weightiest_finding(Severity worst, string mark)
    {
        string html = await WideAsync(focus: null, Finding(1, Severity.Info, "nhẹ"), Finding(2, worst, "nặng"));

        Assert.Contains($"class=\"{mark} text-end\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_messages_stand_right_under_the_row_of_the_cell()
    {
        string html = await WideAsync(focus: null, Finding(1, Severity.Block, "Số lượng phải là số"));

        int cell = html.IndexOf("ba cái", StringComparison.Ordinal);
        int note = html.IndexOf("Số lượng phải là số", StringComparison.Ordinal);
        int next = html.IndexOf("dòng hai", StringComparison.Ordinal);
        Assert.True(cell >= 0 && cell < note && note < next, html);
        Assert.Contains("<strong>Cách sửa:</strong> Nhập lại số", html, StringComparison.Ordinal);
        Assert.Contains("DEMO-001 · QĐ 9001", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_cell_someone_jumped_to_is_the_target()
    {
        string html = await WideAsync(focus: 2, Finding(2, Severity.Block, "x"));
        string other = await WideAsync(focus: 3, Finding(2, Severity.Block, "x"));

        Assert.Single(html.Split("id=\"o-loi\"").Skip(1));
        Assert.Contains("id=\"o-loi\" tabindex=\"-1\" data-focus", html, StringComparison.Ordinal);
        Assert.DoesNotContain("o-loi", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_without_a_cell_is_its_own_target()
    {
        RowView row = new(1, [Cell(Name, "dòng một")], [Finding(5, Severity.Warn, "Thiếu trường")]);

        string html = await RenderAsync<WideTable>((nameof(WideTable.View), View(row)), (nameof(WideTable.Focus), 5));

        Assert.Contains("id=\"o-loi\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("cell-", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_row_shows_the_message_in_the_cell_itself()
    {
        RowView row = new(1, [Cell(Name, "đúng"), Cell(Quantity, "ba cái", Finding(1, Severity.Block, "Số lượng phải là số"))], []);

        string html = await RenderAsync<UprightTable>((nameof(UprightTable.Row), row));

        int marked = html.IndexOf("class=\"cell-block\"", StringComparison.Ordinal);
        int note = html.IndexOf("Số lượng phải là số", marked, StringComparison.Ordinal);
        Assert.InRange(note, marked, html.IndexOf("</td>", marked, StringComparison.Ordinal));
    }

    private static NumberedFinding Finding(int number, Severity severity, string message) =>
        new(number, new StoredFinding("DEMO-001", severity, "XML3", 1, "SO_LUONG", "1", "ba cái", message, "Nhập lại số", "QĐ 9001", FromFile: false));

    private static CellView Cell(ColumnView column, string text, params NumberedFinding[] findings) => new(column, text, text, column == Quantity, findings);

    private static TableView View(params RowView[] rows) => new(new TableTab("XML3", "Dịch vụ", rows.Length, 0, 0), false, [Name, Quantity], rows, 1, 1, []);

    private static Task<string> WideAsync(int? focus, params NumberedFinding[] findings) => RenderAsync<WideTable>(
        (nameof(WideTable.View), View(
            new RowView(1, [Cell(Name, "dòng một"), Cell(Quantity, "ba cái", findings)], []), new RowView(2, [Cell(Name, "dòng hai"), Cell(Quantity, "1")], []))),
        (nameof(WideTable.Focus), focus));

    private static async Task<string> RenderAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton(System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All)).BuildServiceProvider();
        await using HtmlRenderer renderer = new(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value)))).ToHtmlString());
    }
}
