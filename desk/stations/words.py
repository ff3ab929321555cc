"""What is said of a file that was written or taken in, at a command and on a screen alike."""

from pathlib import Path

from desk.stations.handing import Done


def written(path: Path, done: Done) -> str:
    """Return what the new file carries, and what is to be done with it."""
    what = (
        f"工单 {done.orders} 件（中心没回执的都在内）"
        if done.orders
        else f"回复 {done.told} 件"
        if done.told
        else "没有新内容"
    )
    return f"已写出 {path}，给 {done.other}：{what}；丢了再写一份即可"


def taken(done: Done, *, is_station: bool) -> str:
    """Return what the file of the other side brought."""
    if not done.orders and not done.told:
        return f"{done.other} 的文件已收过，没有新内容"
    if is_station:
        return f"已收取中心 {done.other} 的回复：已到中心 {done.orders} 件，状态有变 {done.told} 件"
    return f"已收取服务站 {done.other} 的文件：新工单 {done.orders} 件，补充 {done.told} 件；请写回执带回"
