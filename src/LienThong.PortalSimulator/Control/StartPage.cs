namespace LienThong.PortalSimulator;

/// <summary>The page at <c>/</c>: says before anything else that this is no portal.</summary>
internal static class StartPage
{
    public static string Html(SimulatorStats stats) => $$"""
        <!DOCTYPE html>
        <html lang="vi">
        <head><meta charset="utf-8"><title>Trình mô phỏng Cổng BHXH</title>
        <style>body{font-family:sans-serif;max-width:46rem;margin:3rem auto;line-height:1.5}strong{color:#b00020}td{padding:.1rem 1rem .1rem 0}</style></head>
        <body>
        <h1>Trình mô phỏng Cổng tiếp nhận dữ liệu</h1>
        <p><strong>Đây là trình mô phỏng, không phải Cổng của BHXH Việt Nam.</strong>
        Mã giao dịch ở đây không có giá trị chứng minh đã gửi hồ sơ.</p>
        <table>
        <tr><td>Lượt gọi</td><td>{{stats.Requests}}</td></tr>
        <tr><td>Tệp đã nhận</td><td>{{stats.Received}}</td></tr>
        <tr><td>Đang có hiệu lực</td><td>{{stats.Current}}</td></tr>
        <tr><td>Đã bị thay thế</td><td>{{stats.Replaced}}</td></tr>
        </table>
        <p>Xem: <a href="/_sim/stats">/_sim/stats</a> · <a href="/_sim/requests">/_sim/requests</a> · <a href="/_sim/records">/_sim/records</a> ·
        <a href="/_sim/faults">/_sim/faults</a>. Cổng tỉnh: <code>/hanoi</code>, <code>/dienbien</code>, <code>/fhir</code>.
        Danh sách như màn hình của Cổng: <code>/_sim/lists/reception</code>, <code>results</code>, <code>payment</code>
        với <code>?facility=MÃ&amp;month=yyyyMM&amp;format=json|csv|xlsx</code>; lỗi do kiểm tra sau: <code>POST /_sim/findings</code>. Tạo sự cố để thử: <code>POST /_sim/faults</code>.</p>
        </body></html>
        """;
}
