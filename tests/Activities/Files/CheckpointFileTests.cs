using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities.Tests.Files;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_holds_what_was_saved_last_and_can_be_removed()
    {
        var checkpoint = new CheckpointFile(_folder["model.checkpoint"]);
        Assert.Null(checkpoint.Open());
        checkpoint.Save(stream => stream.Write([1, 2, 3]));
        checkpoint.Save(stream => stream.Write([4]));
        using (var stream = checkpoint.Open()!) Assert.Equal((4, -1), (stream.ReadByte(), stream.ReadByte()));
        checkpoint.Remove();
        checkpoint.Remove();
        Assert.Null(checkpoint.Open());
    }

    [Fact]
    public void An_interrupted_save_leaves_the_old_state_and_no_other_file()
    {
        var checkpoint = new CheckpointFile(_folder["model.checkpoint"]);
        checkpoint.Save(stream => stream.Write([1]));
        Assert.Throws<InvalidOperationException>(() => checkpoint.Save(stream =>
        {
            stream.Write([2, 2]);
            throw new InvalidOperationException();
        }));
        using (var stream = checkpoint.Open()!) Assert.Equal(1, stream.ReadByte());
        Assert.Single(Directory.GetFiles(_folder.Path));
    }
}
