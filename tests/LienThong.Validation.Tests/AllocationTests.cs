using LienThong.Standard;

namespace LienThong.Validation.Tests;

public sealed class AllocationTests
{
    [Theory]
    [InlineData("outpatient")]
    [InlineData("inpatient")]
    public void Judging_a_clean_record_allocates_less_than_4_KB(string name)
    {
        RecordBuilder builder = CleanRecordTests.Build(name).Set(Xml1.MAHUYEN_CU_TRU, "001");
        using Record record = builder.Build();
        Validator validator = Validator.Create();
        for (int i = 0; i < 50; i++) validator.Judge(record, A.Context);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) validator.Judge(record, A.Context);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;

        Assert.True(each < 4096, $"{each} bytes per record");
    }
}
