using System.Net;
using System.Text;
using Daypass.Cluster.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Cluster.Tests;

/// <summary>An MFA code is worth one session, whichever of four nodes over one PostgreSQL it is shown to, and how many times at once.</summary>
public sealed class CodesWorkOnce(HotAccounts.FourNodes world) : IClassFixture<HotAccounts.FourNodes>
{
    [ClusterFact]
    public async Task Of_sixty_four_uses_of_one_code_at_once_at_four_nodes_exactly_one_succeeds()
    {
        var administrator = world.Cluster.A.Administrator;
        var alice = await world.Cluster.A.CreateUserAsync("coded");
        var device = (await administrator.MustAsync("CreateVirtualMFADevice", ("VirtualMFADeviceName", "coded"))).GetProperty("VirtualMFADevice");
        var serial = device.GetProperty("SerialNumber").GetString()!;
        var phone = new Authenticator(Encoding.ASCII.GetString(device.GetProperty("Base32StringSeed").GetBytesFromBase64()));
        await administrator.MustAsync("EnableMFADevice", ("UserName", "coded"), ("SerialNumber", serial), ("AuthenticationCode1", phone.Code(-2)), ("AuthenticationCode2", phone.Code(-1)));

        foreach (var code in (string[])[phone.Code(), phone.Code(1)])
        {
            var uses = Enumerable.Range(0, 64).Select(use =>
            {
                var node = world.Cluster.Nodes[use % 4];
                return new SigningClient(node.Administrator.Endpoint, alice.AccessKeyId, alice.Secret).StsAsync("GetSessionToken", ("SerialNumber", serial), ("TokenCode", code));
            });
            var replies = await Task.WhenAll(uses);
            // A busy machine may leave one without an answer: it was done or not.
            Assert.InRange(1, replies.Count(reply => reply.Status == HttpStatusCode.OK), replies.Count(reply => reply.Status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable));
            Assert.InRange(replies.Count(reply => reply.Status == HttpStatusCode.OK), 0, 1);
            Assert.All(replies.Where(reply => reply.Status is not (HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable)), reply => Assert.Equal(
                ("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. "), (reply.ErrorCode, reply.ErrorMessage)));
        }
    }
}
