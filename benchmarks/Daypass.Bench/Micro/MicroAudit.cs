using System.Net;
using System.Security.Cryptography;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Pipeline.Authentication;
using Daypass.Service.Stores;
using Store = Daypass.Service.Directories.Documents;

namespace Daypass.Bench.Micro;

/// <summary>The record of an AssumeRole call of a user that was refused: all but the response.</summary>
internal static class MicroAudit
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    public static Action Record()
    {
        var (request, caller, error, entropy) = (Request(), Caller(), Errors.SignatureDoesNotMatch().Error, new Entropy());
        return () => AuditRecords.OfRefusal(request, caller, error, null, Now, entropy);
    }

    private static ApiRequest Request() => new()
    {
        RequestId = "00000000-0000-4000-8000-000000000000",
        Action = new ActionCatalog().FindQuery("2011-06-15", "AssumeRole")!,
        Parameters = new Parameters([
            new("RoleArn", "arn:aws:iam::111122223333:role/app/log-reader-1"), new("RoleSessionName", "build-00000001"),
            new("DurationSeconds", "3600"), new("ExternalId", Cases.Population.ExternalId)]),
        Signable = MicroRequest.Signed("AKIAEXAMPLEEXAMPLE12", "EXAMPLE-secret", Now),
        Body = MicroRequest.Body,
        SourceIp = IPAddress.Loopback,
        IsSecure = false,
        UserAgent = "aws-sdk-example/2.0 ua/2.1 os/linux lang/csharp",
    };

    private static Caller Caller()
    {
        AccountId.TryParse("111122223333", out var account);
        var user = new User { Name = "builder-0001", Path = "/ci/", Id = "AIDAEXAMPLEEXAMPLE123", Created = Now };
        var key = new AccessKey { Id = "AKIAEXAMPLEEXAMPLE12", UserId = user.Id, Created = Now, SealedSecret = [] };
        var home = new AccountDirectory(account, Store.Empty(SetId.Of(account), default));
        return Callers.OfUser(home, new KeyHolder(account, key, user, home.Documents));
    }

    private sealed class Entropy : IEntropy
    {
        public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
    }
}
