using System.Buffers;
using System.Globalization;
using Daypass.AspNetCore;
using Microsoft.AspNetCore.Server.Kestrel.Core;

// The smallest service that Daypass protects: it lets those read who may, and answers 1 KB. On the floor's host, so that what is beyond the
// floor is the library's doing.
//   Daypass.Bench.Reader PORT DAYPASS CREDENTIALS
var answer = new byte[1024];
Array.Fill(answer, (byte)'x');

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.ListenLocalhost(int.Parse(args[0], CultureInfo.InvariantCulture), listen => listen.Protocols = HttpProtocols.Http1);
});
builder.Services.AddDaypass(options =>
{
    options.Endpoint = new Uri(args[1]);
    options.Service = "s3";
    options.Credentials = DaypassCredentials.FromFile(args[2]);
    options.IsS3 = true;
    options.MaxLeases = 20_000;
});
await using var app = builder.Build();
app.UseDaypass();
app.Run(async context =>
{
    await context.RequireAction("s3:GetObject", $"arn:aws:s3:::transaction-logs{context.Request.Path}");
    var response = context.Response;
    response.ContentType = "application/octet-stream";
    response.ContentLength = answer.Length;
    response.BodyWriter.Write(answer);
    await response.BodyWriter.FlushAsync(context.RequestAborted);
});
await app.RunAsync();
