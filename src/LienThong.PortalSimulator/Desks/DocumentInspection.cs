using System.Globalization;
using System.Text;
using System.Xml;

namespace LienThong.PortalSimulator;

/// <summary>
/// What stands in a document, read with nothing but XmlReader: on purpose not with the product's own reader, so that
/// an error there can't hide itself here.
/// </summary>
internal sealed class DocumentInspection
{
    private const int DeepestElement = 64;
    private readonly DocumentShape shape;
    private readonly HashSet<string> facilities = new(StringComparer.Ordinal);
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private readonly List<(string Type, string Content)> parts = [];
    private readonly List<string> path = [];
    private readonly StringBuilder text = new();
    private string type = "";
    private string content = "";
    private int items;
    private int slots;
    private bool slotIsLast;
    private bool looksSigned;
    private bool listHasId;
    private string? root;
    private string? declared;
    private string? malformed;
    private string? innerFault;

    private DocumentInspection(DocumentShape shape) => this.shape = shape;

    /// <summary>The first key found; empty when none.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Month of discharge by XML1's <c>NGAY_RA</c>, <c>yyyyMM</c>; empty when absent.</summary>
    public string Month { get; private set; } = "";

    /// <summary>The only facility code the document names; empty when it names none or several.</summary>
    public string Facility => facilities.Count == 1 ? facilities.First() : "";

    /// <summary>True when something that looks like a signature stands anywhere in the document.</summary>
    public bool LooksSigned => looksSigned;

    public static DocumentInspection Of(byte[] document, DocumentShape shape)
    {
        var inspection = new DocumentInspection(shape);
        inspection.malformed = inspection.Walk(document, document.Length, inspection.See);
        foreach ((string type, string content) in inspection.parts)
            inspection.innerFault ??= inspection.ReadPart(type, content);
        return inspection;
    }

    /// <summary>Well-formed, root, one HOSO, count: 201 or 123. Null when right.</summary>
    public Reply? Structure(string facilityCode)
    {
        if (malformed is not null)
            return Reply.Of("201", "Tệp XML không đúng định dạng: " + malformed);
        if (root != shape.Root)
            return Reply.Of("123", $"Thẻ gốc phải là {shape.Root}");
        if (shape.FacilityElement.Length > 0 && (facilities.Count != 1 || !facilities.Contains(facilityCode)))
            return Reply.Of("123", $"{shape.FacilityElement} trong tệp không khớp maCSKCB {facilityCode}");
        if (shape.ListHasId && !listHasId)
            return Reply.Of("123", $"Thẻ {shape.List} phải có thuộc tính Id");
        if (!shape.IsPackage)
            return items > 0 ? null : Reply.Of("123", $"Tệp không có {shape.Item} nào");
        if (items != 1)
            return Reply.Of("123", $"Mỗi tệp phải có đúng một HOSO, tệp này có {items}");
        if (declared != "1")
            return Reply.Of("123", $"SOLUONGHOSO ghi «{declared}», tệp có 1 HOSO");
        foreach ((string type, _) in parts)
        {
            if (!IsPartType(type))
                return Reply.Of("123", $"LOAIHOSO «{type}» không hợp lệ");
        }

        return null;
    }

    /// <summary>123 when <c>CHUKYDONVI</c> isn't the last child of the root; null when it is.</summary>
    public Reply? Slot() => slots == 1 && slotIsLast ? null : Reply.Of("123", "Thiếu CHUKYDONVI ở cuối tệp");

    /// <summary>Inner tables readable, one key in all: 124. Null when right.</summary>
    public Reply? Content()
    {
        if (innerFault is not null)
            return Reply.Of("124", innerFault);
        if (shape.IsPackage && parts.Count(static p => p.Type == "XML1") != 1)
            return Reply.Of("124", "Hồ sơ phải có đúng một XML1");
        if (shape.KeyElement.Length == 0)
            return null;
        return keys.Count switch
        {
            0 => Reply.Of("124", $"Thiếu {shape.KeyElement}"),
            1 => null,
            _ => shape.IsPackage ? Reply.Of("124", $"{shape.KeyElement} không thống nhất giữa các bảng") : null,
        };
    }

    private static bool IsPartType(string type) =>
        type.StartsWith("XML", StringComparison.Ordinal)
        && int.TryParse(type.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number is >= 1 and <= 15 and not 12 && type.Length == (number < 10 ? 4 : 5);

    /// <summary>Reads one document and calls <paramref name="see"/> at the end of each element, with its text; a sentence when it isn't well-formed.</summary>
    private string? Walk(byte[] document, int length, Action see)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = 200_000_000,
        };
        path.Clear();
        text.Clear();
        try
        {
            using var stream = new MemoryStream(document, 0, length, writable: false);
            using XmlReader reader = XmlReader.Create(stream, settings);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                    Open(reader, see);
                else if (reader.NodeType == XmlNodeType.EndElement)
                    Close(see);
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                    text.Append(reader.Value);
            }

            return null;
        }
        catch (XmlException failure)
        {
            return failure.Message;
        }
    }

    private void Open(XmlReader reader, Action see)
    {
        if (path.Count == DeepestElement)
            throw new XmlException("Too deep.");
        path.Add(reader.LocalName);
        listHasId |= path.Count == 2 && path[1] == shape.List && reader.GetAttribute("Id") is { Length: > 0 };
        text.Clear();
        if (reader.IsEmptyElement)
            Close(see);
    }

    private void Close(Action see)
    {
        see();
        path.RemoveAt(path.Count - 1);
        text.Clear();
    }

    /// <summary>The outer document, at the end of an element.</summary>
    private void See()
    {
        string name = path[^1];
        if (name == "Signature")
            looksSigned = true;
        switch (path.Count)
        {
            case 1:
                root = name;
                break;
            case 2:
                slotIsLast = name == "CHUKYDONVI";
                slots += slotIsLast ? 1 : 0;
                break;
        }

        if (shape.IsPackage)
            SeePackage(name);
        else
            SeeList(name);
    }

    private void SeeList(string name)
    {
        if (path.Count == 3 && path[1] == shape.List && name == shape.Item)
            items++;
        else if (path.Count == 4 && path[2] == shape.Item && name == shape.KeyElement)
            AddKey();
        else if (path.Count == 4 && path[2] == shape.Item && name == shape.FacilityElement)
            facilities.Add(text.ToString());
    }

    private void SeePackage(string name)
    {
        if (Is("THONGTINDONVI", shape.FacilityElement))
            facilities.Add(text.ToString().Trim());
        else if (Is("THONGTINHOSO", "SOLUONGHOSO"))
            declared = text.ToString().Trim();
        else if (Is("THONGTINHOSO", shape.List, shape.Item))
            items++;
        else if (path.Count == 6 && path[4] == "FILEHOSO" && name == "LOAIHOSO")
            type = text.ToString().Trim();
        else if (path.Count == 6 && path[4] == "FILEHOSO" && name == "NOIDUNGFILE")
            content = text.ToString();
        else if (path.Count == 5 && name == "FILEHOSO")
            AddPart();
    }

    private bool Is(string second, string third) => path.Count == 3 && path[1] == second && path[2] == third;

    private bool Is(string second, string third, string fourth) =>
        path.Count == 4 && path[1] == second && path[2] == third && path[3] == fourth;

    private void AddPart()
    {
        parts.Add((type, content));
        (type, content) = ("", "");
    }

    private void AddKey()
    {
        string key = text.ToString().Trim();
        keys.Add(key);
        if (Key.Length == 0)
            Key = key;
    }

    private string? ReadPart(string type, string content)
    {
        byte[] inner = new byte[(content.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(content, inner, out int length) || length == 0)
            return $"Nội dung {type} không giải mã được";
        string? fault = Walk(inner, length, () =>
        {
            if (path[^1] == shape.KeyElement)
                AddKey();
            else if (type == "XML1" && path[^1] == "NGAY_RA" && text.Length >= 6)
                Month = text.ToString(0, 6);
        });
        return fault is null ? null : $"Nội dung {type} không đọc được: {fault}";
    }
}
