using Daypass.AspNetCore.Leases;
using Daypass.AspNetCore.Requests;

namespace Daypass.AspNetCore.Tests;

/// <summary>A body that announces no length gives its last byte out only after the whole was verified, however it is read.</summary>
public class BodiesOfUnknownLength
{
    [Fact]
    public async Task A_good_body_comes_out_whole_in_reads_of_any_size()
    {
        var chance = new Random(20261122);
        for (var round = 0; round < 500; round++)
        {
            var body = new byte[chance.Next(0, 60)];
            chance.NextBytes(body);
            await using var stream = new ProvenBodyStream(new Verified(body, chance, isGood: true), null);
            var read = new List<byte>();
            var buffer = new byte[chance.Next(1, 12)];
            while (await stream.ReadAsync(buffer) is > 0 and var count)
                read.AddRange(buffer.AsSpan(0, count));
            Assert.Equal(body, read);
            Assert.Equal(0, await stream.ReadAsync(buffer));
        }
    }

    [Fact]
    public async Task A_bad_body_never_gives_its_last_byte_out()
    {
        var chance = new Random(20261123);
        for (var round = 0; round < 500; round++)
        {
            var body = new byte[chance.Next(1, 60)];
            await using var stream = new ProvenBodyStream(new Verified(body, chance, isGood: false), null);
            var released = 0;
            var buffer = new byte[chance.Next(1, 12)];
            await Assert.ThrowsAsync<InvalidDataException>(async () =>
            {
                while (await stream.ReadAsync(buffer) is > 0 and var count)
                    released += count;
            });
            Assert.InRange(released, 0, body.Length - 1);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData('A')]
    [InlineData('%')]
    public void A_proof_never_takes_more_of_a_call_than_it_weighs(char? letter)
    {
        var token = letter is { } character ? new string(character, 4096) : null;
        var proof = new LeaseProof(new LeaseKey(new string('K', 128), "20261122"), token, new string('s', 200), new string('0', 64), new string('v', 64));
        var taken = new[] { proof.Key.AccessKeyId, proof.Key.Date, token, proof.Text, proof.Signature, proof.KnownVersion }
            .OfType<string>().Sum(value => "&Proofs.member.100.SessionToken=".Length + Uri.EscapeDataString(value).Length);
        Assert.InRange(taken, 1, proof.Weight);
    }

    private sealed class Verified(byte[] body, Random chance, bool isGood) : MemoryStream(body)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer[..chance.Next(1, buffer.Length + 1)], cancellationToken);
            return count > 0 || isGood ? count : throw new InvalidDataException("The body is not the one that was signed.");
        }
    }
}
