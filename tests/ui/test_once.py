"""What many ask for is done once a message."""

from __future__ import annotations

from textual.app import App

from termnews.ui.once import Once


async def test_it_is_done_once_for_all_who_ask_and_again_for_the_next() -> None:
    app: App[None] = App()
    done: list[int] = []
    async with app.run_test() as pilot:
        once = Once(app.screen, lambda: done.append(1))
        for _ in range(3):
            once()
        assert done == []
        await pilot.pause()
        assert done == [1]
        once()
        await pilot.pause()
        assert done == [1, 1]
        once()
        app.screen._pruning = True
        await pilot.pause()
        app.screen._pruning = False
        assert done == [1, 1]
