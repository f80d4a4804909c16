using System.Buffers;
using System.Text;

namespace LienThong.Standard;

/// <summary>Brings the content of one <c>FILEHOSO</c> into a record: finds its table, decodes, reads. Both record routes end here.</summary>
internal readonly struct TableContent(Record record, ReaderLimits limits, bool strictOnly)
{
    /// <summary>Checks <c>LOAIHOSO</c>; null when the table can't be judged, which is noted.</summary>
    public TableId? TableOf(ReadOnlySpan<byte> loaiHoSo)
    {
        string name = Encoding.UTF8.GetString(Blank.Trim(loaiHoSo));
        bool known = TableNames.TryParse(name, out TableId id) && id != TableId.Xml0;
        if (known && id != TableId.Xml12)
        {
            if (record[id] is not null) record.Report(DeviationKind.DuplicateTable, id);
            else if (id == TableId.Xml1 && HoldsAnyTable()) record.Report(DeviationKind.SummaryNotFirst, id);
            return id;
        }

        if (known) record.Report(DeviationKind.AssessmentInPackage, id);
        else record.Report(DeviationKind.UnknownLoaiHoSo, detail: name);
        return null;
    }

    /// <summary>Notes that <c>NOIDUNGFILE</c> is empty. The table counts as absent.</summary>
    public void Empty(TableId id) => record.Report(DeviationKind.EmptyContent, id);

    /// <summary>Decodes base64 and reads the table; false when the text isn't base64.</summary>
    public bool Base64(TableId id, ReadOnlySpan<byte> text)
    {
        Span<byte> room = record.Reserve(System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(text.Length));
        OperationStatus status = ColdStart.DecodeBase64(text, room, out int read, out int written);
        if (status != OperationStatus.Done || Blank.Trim(text[read..]).Length > 0) return false;
        int offset = record.Used;
        record.Commit(written);
        Bytes(id, offset, written);
        return true;
    }

    /// <summary>Reads a table that came as XML text instead of base64.</summary>
    public void Xml(TableId id, string document)
    {
        bool fresh = record[id] is null;
        Table table = record.Open(id);
        int rows = table.Count;
        if (!StrictTable.Read(record, table, document, limits)) GiveUp(table, rows, fresh);
    }

    /// <summary>Notes content that is neither base64 nor XML.</summary>
    public void NotReadable(TableId id)
    {
        record.Report(DeviationKind.BadBase64, id);
        record.IsDamaged = true;
    }

    private void Bytes(TableId id, int offset, int length)
    {
        bool fresh = record[id] is null;
        Table table = record.Open(id);
        int rows = table.Count;
        (int Used, int Deviations) mark = record.Mark();
        if (!strictOnly && FastTable.TryRead(record, table, offset, length, limits.Rows)) return;
        table.CutTo(rows);
        record.RollBack(mark);
        byte[] document = record.Buffer.AsSpan(offset, length).ToArray();
        if (!StrictTable.Read(record, table, document, limits)) GiveUp(table, rows, fresh);
    }

    private void GiveUp(Table table, int rows, bool fresh)
    {
        table.CutTo(rows);
        if (fresh) record.Drop(table.Id);
        record.IsDamaged = true;
    }

    private bool HoldsAnyTable()
    {
        for (int i = 0; i < TableNames.Count; i++)
        {
            if (record[(TableId)i] is not null) return true;
        }

        return false;
    }
}
