using System.IO.Compression;
using System.Text;

namespace LienThong.Gateway.Tests.Catalogues;

/// <summary>Makes small files of lists: invented rows, every format.</summary>
internal static class ListFiles
{
    public const string DrugHeader = "STT,MA_THUOC,TEN_HOAT_CHAT,TEN_THUOC,DON_VI_TINH,HAM_LUONG,DUONG_DUNG,MA_DUONG_DUNG,SO_DANG_KY,SO_LUONG,DON_GIA,DON_GIA_BH,NHA_SX,NUOC_SX,TT_THAU,MA_CSKCB,LOAI_THUOC,LOAI_THAU,TU_NGAY,DEN_NGAY";

    public static string Drug(string code, string price = "480", string from = "20260101", string to = "", string facility = "99001") =>
        $"1,{code},Paracetamol,Paramau {code},Viên,500mg,Uống,1.01,MAU-{code}-25,1000,{price},{price},Công ty Mẫu,Việt Nam,12/QĐ-SYTM;G1;N4;2025,{facility},1,1,{from},{to}";

    public static string Drugs(params string[] rows) => string.Join('\n', [DrugHeader, .. rows]) + "\n";

    public static MemoryStream Text(string csv) => new(Encoding.UTF8.GetBytes(csv));

    public static MemoryStream Gzip(string csv)
    {
        MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(csv));
        packed.Position = 0;
        return packed;
    }

    /// <summary>A workbook with one sheet from the XML of its rows; cell style 1 is shown as 00000, style 2 as a date.</summary>
    public static MemoryStream Workbook(string sheet, string rows)
    {
        MemoryStream packed = new();
        using (ZipArchive zip = new(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(zip, "[Content_Types].xml", """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
                """);
            Put(zip, "_rels/.rels", """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>
                """);
            Put(zip, "xl/workbook.xml", $"""
                <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>
                """);
            Put(zip, "xl/_rels/workbook.xml.rels", """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>
                """);
            Put(zip, "xl/styles.xml", """
                <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="165" formatCode="00000"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>
                """);
            Put(zip, "xl/worksheets/sheet1.xml", $"""
                <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>
                """);
        }
        packed.Position = 0;
        return packed;
    }

    /// <summary>A row of text cells.</summary>
    public static string Row(int line, params string[] cells) =>
        $"<row r=\"{line}\">{string.Concat(cells.Select((c, i) => c.StartsWith('<') ? c : $"<c r=\"{(char)('A' + i)}{line}\" t=\"inlineStr\"><is><t>{c}</t></is></c>"))}</row>";

    /// <summary>A workbook as Excel 2 wrote it: begin, cells, end.</summary>
    public static MemoryStream OldWorkbook(params string[][] rows)
    {
        MemoryStream file = new();
        using BinaryWriter writer = new(file, Encoding.Latin1, leaveOpen: true);
        Record(writer, 0x0009, [2, 0, 0x10, 0]);
        for (int r = 0; r < rows.Length; r++)
        {
            for (int c = 0; c < rows[r].Length; c++)
                Record(writer, 0x0004, [(byte)r, 0, (byte)c, 0, 0, 0, 0, (byte)rows[r][c].Length, .. Encoding.Latin1.GetBytes(rows[r][c])]);
        }
        Record(writer, 0x000A, []);
        writer.Flush();
        file.Position = 0;
        return file;
    }

    private static void Record(BinaryWriter writer, ushort id, byte[] body)
    {
        writer.Write(id);
        writer.Write((ushort)body.Length);
        writer.Write(body);
    }

    private static void Put(ZipArchive zip, string name, string text)
    {
        using StreamWriter part = new(zip.CreateEntry(name).Open());
        part.Write(text.Trim());
    }
}
