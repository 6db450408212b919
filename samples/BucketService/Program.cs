// An S3-like service in a few files, protected by Daypass. The buckets are folders; every request is authenticated by AddDaypass and
// UseDaypass, and every operation says with RequireAction which permission it needs.
using System.Text;
using BucketService;
using Daypass.AspNetCore;

if (args is ["--help" or "-h" or "help", ..])
{
    Console.WriteLine(Usage.Text);
    return 0;
}
var builder = WebApplication.CreateBuilder(args);
if (Usage.FirstFault(builder.Configuration) is { } fault)
{
    await Console.Error.WriteLineAsync($"bucket-service: {fault}");
    return 1;
}
string Setting(string name, string unset = "") => builder.Configuration[name] ?? unset;

// Its request lines would have presigned URLs in them, which are secrets while they live.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Limits.MaxRequestBodySize = 5L << 30;
    // As requests are read: metadata that was taken must be there to give back.
    kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
});
builder.Services.AddDaypass(options =>
{
    options.Endpoint = new Uri(Setting("daypass"));
    options.Service = "s3";
    options.Region = Setting("region", "us-east-1");
    options.Credentials = DaypassCredentials.FromFile(Setting("credentials"));
    options.IsS3 = true;
    options.WriteRefusal = S3Xml.WriteRefusalAsync;
});
var app = builder.Build();
var buckets = new BucketStore(Setting("data-dir", "buckets"));
foreach (var (bucket, why) in buckets.DamagedPolicies)
    app.Logger.LogError("The policy of the bucket {Bucket} is not understood in full, and decisions treat it as closed: {Why}", bucket, why);
var api = new S3Api(buckets, Setting("region", "us-east-1"));
app.UseDaypass();
app.Run(api.HandleAsync);
await app.RunAsync();
return 0;
