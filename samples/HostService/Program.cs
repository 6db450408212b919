// An API of uproject's style in a few files, protected by Daypass: virtual hosts that exist in memory only. AddDaypass with
// AddUprojectRequests authenticates the calls; each action says which permission it needs on which resource.
using Daypass.AspNetCore;
using HostService;

if (args is ["--help" or "-h" or "help", ..])
{
    Console.WriteLine(Usage.Text);
    return 0;
}
var builder = WebApplication.CreateBuilder(args);
if (Usage.FirstFault(builder.Configuration) is { } fault)
{
    await Console.Error.WriteLineAsync($"host-service: {fault}");
    return 1;
}
string Setting(string name, string unset = "") => builder.Configuration[name] ?? unset;

// Its request lines have signatures in them, which are good for as long as their keys live.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddDaypass(options =>
{
    options.Endpoint = new Uri(Setting("daypass"));
    options.Service = "uhost";
    options.Region = Setting("region", "us-east-1");
    options.Credentials = DaypassCredentials.FromFile(Setting("credentials"));
}).AddUprojectRequests(options => options.UrnPrefix = Setting("urn-prefix", "ucs"));
var app = builder.Build();
app.UseDaypass();
var hosts = new HostApi(new HostStore(), Setting("urn-prefix", "ucs"));
app.MapUprojectApi("/")
    .Action("uhost:CreateUHostInstance", ["Name", "CPU"], hosts.AnyHost, hosts.Create)
    .Action("uhost:DescribeUHostInstance", ["UHostIds", "Offset", "Limit"], hosts.OneOrAnyHost, hosts.Describe)
    .Action("uhost:TerminateUHostInstance", ["UHostId"], hosts.OneHost, hosts.Terminate);
await app.RunAsync();
return 0;
